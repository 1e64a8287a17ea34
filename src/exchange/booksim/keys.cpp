// Every key of BookSim2's configuration, with its default and what we make of it.
#include <algorithm>
#include <array>

#include "exchange/booksim/settings.h"

namespace marquetry::exchange {
namespace {

constexpr auto whole = SettingType::whole;
constexpr auto real = SettingType::real;
constexpr auto text = SettingType::text;
constexpr auto read = SettingUse::read;
constexpr auto idle = SettingUse::idle;
constexpr auto fixed = SettingUse::fixed;

constexpr std::array table{
    // The network.
    SettingRow{"topology", text, read, "torus"},
    SettingRow{"k", whole, read, "8"},
    SettingRow{"n", whole, read, "2"},
    SettingRow{"c", whole, read, "1"},
    SettingRow{"x", whole, read, "8"},
    SettingRow{"y", whole, read, "8"},
    SettingRow{"xr", whole, read, "1"},
    SettingRow{"yr", whole, read, "1"},
    SettingRow{"routing_function", text, read, "none"},
    SettingRow{"use_noc_latency", whole, read, "1"},
    SettingRow{"network_file", text, read, ""},
    SettingRow{"channel_file", text, fixed, "", "a file of channels"},
    SettingRow{"subnets", whole, fixed, "1", "several networks side by side"},
    SettingRow{"link_failures", whole, fixed, "0", "failed links"},
    SettingRow{"fail_seed", whole, idle, "0", {}, true},
    SettingRow{"in_ports", whole, idle, "5"},
    SettingRow{"out_ports", whole, idle, "5"},
    // The routers.
    SettingRow{"router", text, fixed, "iq", "a router other than the input-queued one"},
    SettingRow{"output_delay", whole, fixed, "0", "a delay at the outputs"},
    SettingRow{"credit_delay", whole, read, "0"},
    SettingRow{"internal_speedup", real, fixed, "1.0", "an internal speedup"},
    SettingRow{"output_buffer_size", whole, fixed, "-1", "a limit to the output queues"},
    SettingRow{"noq", whole, fixed, "0", "queueing by the next hop's output"},
    SettingRow{"speculative", whole, read, "0"},
    SettingRow{"spec_check_elig", whole, fixed, "1", "speculation without a look at free channels"},
    SettingRow{"spec_check_cred", whole, fixed, "1", "speculation without a look at credits"},
    SettingRow{"spec_mask_by_reqs", whole, fixed, "0", "speculation masked by requests"},
    SettingRow{"spec_sw_allocator", text, fixed, "prio", "an allocator of its own for speculation"},
    SettingRow{"num_vcs", whole, read, "16"},
    SettingRow{"vc_buf_size", whole, read, "8"},
    SettingRow{"buf_size", whole, fixed, "-1", "a buffer that virtual channels share"},
    SettingRow{"buffer_policy", text, fixed, "private", "buffers that virtual channels share"},
    SettingRow{"private_bufs", whole, idle, "-1"},
    SettingRow{"private_buf_size", whole, idle, "1", {}, true},
    SettingRow{"private_buf_start_vc", whole, idle, "-1", {}, true},
    SettingRow{"private_buf_end_vc", whole, idle, "-1", {}, true},
    SettingRow{"max_held_slots", whole, idle, "-1"},
    SettingRow{"feedback_aging_scale", whole, idle, "1"},
    SettingRow{"feedback_offset", whole, idle, "0"},
    SettingRow{"wait_for_tail_credit", whole, read, "0"},
    SettingRow{"vc_busy_when_full", whole, fixed, "0", "full virtual channels that count as in use"},
    SettingRow{"vc_prioritize_empty", whole, fixed, "0", "a preference for empty virtual channels"},
    SettingRow{"vc_priority_donation", whole, fixed, "0", "donated priorities"},
    SettingRow{"vc_shuffle_requests", whole, fixed, "0", "shuffled requests for virtual channels"},
    SettingRow{"hold_switch_for_packet", whole, fixed, "0", "a switch held for a packet"},
    SettingRow{"input_speedup", whole, read, "1"},
    SettingRow{"output_speedup", whole, read, "1"},
    SettingRow{"routing_delay", whole, read, "1"},
    SettingRow{"vc_alloc_delay", whole, read, "1"},
    SettingRow{"sw_alloc_delay", whole, read, "1"},
    SettingRow{"st_prepare_delay", whole, read, "0"},
    SettingRow{"st_final_delay", whole, read, "1"},
    SettingRow{"vct", whole, idle, "0"},
    SettingRow{"vc_allocator", text, read, "islip"},
    SettingRow{"sw_allocator", text, read, "islip"},
    SettingRow{"arb_type", text, fixed, "round_robin", "an arbiter other than round robin"},
    SettingRow{"alloc_iters", whole, read, "1"},
    // The traffic.
    SettingRow{"classes", whole, fixed, "1", "several classes of traffic"},
    SettingRow{"traffic", text, read, "uniform"},
    SettingRow{"class_priority", whole, idle, "0", {}, true},
    SettingRow{"perm_seed", whole, read, "0", {}, true},
    SettingRow{"injection_rate", real, read, "0.1", {}, true},
    SettingRow{"injection_rate_uses_flits", whole, read, "0"},
    SettingRow{"packet_size", whole, read, "1", {}, true},
    SettingRow{"packet_size_rate", whole, idle, "1", {}, true},
    SettingRow{"injection_process", text, fixed, "bernoulli", "injection in bursts"},
    SettingRow{"burst_alpha", real, idle, "0.5"},
    SettingRow{"burst_beta", real, idle, "0.5"},
    SettingRow{"burst_r1", real, idle, "-1.0"},
    SettingRow{"priority", text, fixed, "none", "packets of different priority"},
    SettingRow{"batch_size", whole, idle, "1000"},
    SettingRow{"batch_count", whole, idle, "1"},
    SettingRow{"max_outstanding_requests", whole, idle, "0"},
    SettingRow{"use_read_write", whole, fixed, "0", "requests and replies", true},
    SettingRow{"write_fraction", real, idle, "0.5", {}, true},
    SettingRow{"read_request_begin_vc", whole, idle, "0"},
    SettingRow{"read_request_end_vc", whole, idle, "5"},
    SettingRow{"write_request_begin_vc", whole, idle, "2"},
    SettingRow{"write_request_end_vc", whole, idle, "7"},
    SettingRow{"read_reply_begin_vc", whole, idle, "8"},
    SettingRow{"read_reply_end_vc", whole, idle, "13"},
    SettingRow{"write_reply_begin_vc", whole, idle, "10"},
    SettingRow{"write_reply_end_vc", whole, idle, "15"},
    SettingRow{"read_request_subnet", whole, idle, "0"},
    SettingRow{"read_reply_subnet", whole, idle, "0"},
    SettingRow{"write_request_subnet", whole, idle, "0"},
    SettingRow{"write_reply_subnet", whole, idle, "0"},
    SettingRow{"read_request_size", whole, idle, "1", {}, true},
    SettingRow{"write_request_size", whole, idle, "1", {}, true},
    SettingRow{"read_reply_size", whole, idle, "1", {}, true},
    SettingRow{"write_reply_size", whole, idle, "1", {}, true},
    // The run.
    SettingRow{"sim_type", text, read, "latency"},
    SettingRow{"warmup_periods", whole, read, "3"},
    SettingRow{"sample_period", whole, read, "1000"},
    SettingRow{"max_samples", whole, read, "10"},
    SettingRow{"measure_stats", whole, fixed, "1", "a class that is not measured", true},
    SettingRow{"pair_stats", whole, idle, "0"},
    SettingRow{"latency_thres", real, read, "500.0", {}, true},
    SettingRow{"warmup_thres", real, read, "0.05", {}, true},
    SettingRow{"acc_warmup_thres", real, read, "0.05", {}, true},
    SettingRow{"stopping_thres", real, read, "0.05", {}, true},
    SettingRow{"acc_stopping_thres", real, read, "0.05", {}, true},
    SettingRow{"sim_count", whole, fixed, "1", "several runs in one"},
    SettingRow{"include_queuing", whole, fixed, "1", "latency without the wait at the source"},
    SettingRow{"seed", whole, read, "0", {}, true},
    SettingRow{"print_activity", whole, idle, "0"},
    SettingRow{"print_csv_results", whole, idle, "0"},
    SettingRow{"deadlock_warn_timeout", whole, idle, "256"},
    SettingRow{"viewer_trace", whole, idle, "0"},
    SettingRow{"watch_file", text, idle, ""},
    SettingRow{"watch_flits", text, idle, ""},
    SettingRow{"watch_packets", text, idle, ""},
    SettingRow{"watch_transactions", text, idle, ""},
    SettingRow{"watch_out", text, idle, ""},
    SettingRow{"stats_out", text, idle, ""},
    SettingRow{"injected_flits_out", text, idle, ""},
    SettingRow{"received_flits_out", text, idle, ""},
    SettingRow{"stored_flits_out", text, idle, ""},
    SettingRow{"sent_flits_out", text, idle, ""},
    SettingRow{"outstanding_credits_out", text, idle, ""},
    SettingRow{"ejected_flits_out", text, idle, ""},
    SettingRow{"active_packets_out", text, idle, ""},
    SettingRow{"used_credits_out", text, idle, ""},
    SettingRow{"free_credits_out", text, idle, ""},
    SettingRow{"max_credits_out", text, idle, ""},
    SettingRow{"sent_packets_out", text, idle, ""},
    SettingRow{"sim_power", whole, idle, "0"},
    SettingRow{"power_output_file", text, idle, "pwr_tmp"},
    SettingRow{"tech_file", text, idle, ""},
    SettingRow{"channel_width", whole, idle, "128"},
    SettingRow{"channel_sweep", whole, idle, "0"},
};

}  // namespace

std::span<const SettingRow> settings() { return table; }

const SettingRow* find_setting(std::string_view key) {
  const auto found = std::ranges::find(table, key, &SettingRow::key);
  return found == table.end() ? nullptr : &*found;
}

}  // namespace marquetry::exchange
