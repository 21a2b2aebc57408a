"""Raw tracepoints whose arguments may be NULL, or an error in a pointer's clothes (Linux's raw_tp_null_args)."""

from __future__ import annotations

#: Name → a hex digit for each argument from the lowest: 1 may be NULL, 2 may be an error.
_MASKS = {
    "sched_pi_setprio": 0x10, "sched_stick_numa": 0x100, "sched_swap_numa": 0x100, "afs_make_fs_call": 0x10,
    "afs_make_fs_calli": 0x10, "afs_make_fs_call1": 0x10, "afs_make_fs_call2": 0x10, "afs_protocol_error": 0x1,
    "afs_flock_ev": 0x10, "cachefiles_lookup": 0x1, "cachefiles_unlink": 0x1, "cachefiles_rename": 0x1,
    "cachefiles_prep_read": 0x1, "cachefiles_mark_active": 0x1, "cachefiles_mark_failed": 0x1,
    "cachefiles_mark_inactive": 0x1, "cachefiles_vfs_error": 0x1, "cachefiles_io_error": 0x1,
    "cachefiles_ondemand_open": 0x1, "cachefiles_ondemand_copen": 0x1, "cachefiles_ondemand_close": 0x1,
    "cachefiles_ondemand_read": 0x1, "cachefiles_ondemand_cread": 0x1, "cachefiles_ondemand_fd_write": 0x1,
    "cachefiles_ondemand_fd_release": 0x1, "ext4_mballoc_discard": 0x10, "ext4_mballoc_free": 0x10,
    "fib_table_lookup": 0x100, "posix_lock_inode": 0x10, "fcntl_setlk": 0x10, "locks_remove_posix": 0x10,
    "flock_lock_inode": 0x10, "break_lease_noblock": 0x10, "break_lease_block": 0x10, "break_lease_unblock": 0x10,
    "generic_delete_lease": 0x10, "time_out_leases": 0x10, "host1x_cdma_push_gather": 0x10000,
    "mm_khugepaged_scan_pmd": 0x10, "mm_collapse_huge_page_isolate": 0x1, "mm_khugepaged_scan_file": 0x10,
    "mm_khugepaged_collapse_file": 0x10, "mm_page_alloc": 0x1, "mm_page_pcpu_drain": 0x1,
    "mm_page_alloc_zone_locked": 0x1, "netfs_failure": 0x10, "device_pm_callback_start": 0x10, "qdisc_dequeue": 0x1000,
    "rxrpc_recvdata": 0x1, "rxrpc_resend": 0x10, "xs_stream_read_data": 0x1, "xprt_reserve_cong": 0x10,
    "xprt_release_cong": 0x10, "xprt_get_cong": 0x10, "xprt_put_cong": 0x10, "tcp_send_reset": 0x11,
    "tegra_dma_tx_status": 0x100, "tmigr_update_events": 0x1, "writeback_dirty_folio": 0x10,
    "folio_wait_writeback": 0x10, "mr_integ_alloc": 0x2000,
    # Seen in 6.18, beyond the list of 6.12.
    "hugetlbfs_alloc_inode": 0x10, "kfree_skb": 0x1000, "tcp_sendmsg_locked": 0x100, "xfs_blockgc_flush_all": 0x1,
    "xfs_blockgc_free_space": 0x10, "xfs_blockgc_start": 0x1, "xfs_blockgc_stop": 0x1, "xfs_blockgc_worker": 0x1,
    "xfs_btree_overlapped_query_range": 0x100, "xfs_btree_updkeys": 0x100, "xfs_defer_add_item": 0x1,
    "xfs_defer_cancel_item": 0x1, "xfs_defer_cancel_list": 0x1, "xfs_defer_create_intent": 0x1,
    "xfs_defer_finish_item": 0x1, "xfs_defer_isolate_paused": 0x1, "xfs_defer_item_pause": 0x1,
    "xfs_defer_item_unpause": 0x1, "xfs_defer_pending_abort": 0x1, "xfs_defer_pending_finish": 0x1,
    "xfs_defer_relog_intent": 0x1, "xfs_fs_sync_fs": 0x1, "xfs_inodegc_flush": 0x1, "xfs_inodegc_push": 0x1,
    "xfs_inodegc_queue": 0x1, "xfs_inodegc_start": 0x1, "xfs_inodegc_stop": 0x1, "xfs_inodegc_throttle": 0x1,
    "xfs_ioc_free_eofblocks": 0x10, "xfs_map_blocks_alloc": 0x10000, "xfs_map_blocks_found": 0x10000,
}  # fmt: skip


def null_arguments(name: str, argument: int) -> tuple[bool, bool]:
    """(may be NULL, may be an error) of an argument, counted from 0."""
    mask = _MASKS.get(name, 0) >> (argument * 4)
    return bool(mask & 1), bool(mask & 2)
