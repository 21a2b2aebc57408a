/* SPDX-License-Identifier: MIT */
#ifndef _ASSERT_H
#define _ASSERT_H

#define static_assert _Static_assert
/* There is nobody to tell: a condition that fails is a path that the verifier must be able to rule out. */
#define assert(condition) ((void)(condition))

#endif
