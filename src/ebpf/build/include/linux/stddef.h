/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_STDDEF_H
#define _LINUX_STDDEF_H

#ifndef __always_inline
#define __always_inline inline __attribute__((always_inline))
#endif
#ifndef __struct_group
#define __struct_group(TAG, NAME, ATTRS, MEMBERS...)                                                                  \
	union {                                                                                                        \
		struct {                                                                                               \
			MEMBERS                                                                                        \
		} ATTRS;                                                                                               \
		struct TAG {                                                                                           \
			MEMBERS                                                                                        \
		} ATTRS NAME;                                                                                          \
	}
#endif
#ifndef __DECLARE_FLEX_ARRAY
#define __DECLARE_FLEX_ARRAY(TYPE, NAME)                                                                              \
	struct {                                                                                                       \
		struct {                                                                                               \
		} __empty_##NAME;                                                                                      \
		TYPE NAME[];                                                                                           \
	}
#endif
#ifndef __counted_by
#define __counted_by(m)
#endif

#endif
