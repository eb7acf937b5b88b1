#pragma once
#include <algorithm>
#include <atomic>
#include <cstddef>
#include <future>
#include <thread>
#include <vector>

namespace plugvet {

/// Does `work(i)` for every i below `count`, on all processors where there are many. What `work` throws is thrown on.
template <class Work>
void for_each_side_by_side(std::size_t count, const Work& work) {
  constexpr std::size_t few = 64;  // starting a thread takes as long
  std::atomic<std::size_t> next = 0;
  const auto take = [&] {
    for (std::size_t i = next++; i < count; i = next++) work(i);
  };
  std::vector<std::future<void>> others;
  const unsigned processors = count < few ? 1 : std::max(1u, std::thread::hardware_concurrency());
  // Where the system grants no thread, the caller does all of it.
  for (unsigned i = 1; i < processors; ++i) others.push_back(std::async(std::launch::async | std::launch::deferred, take));
  take();
  for (std::future<void>& other : others) other.get();
}

}  // namespace plugvet
