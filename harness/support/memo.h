#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <typeindex>

namespace plugvet {

/// What has been worked out from something that does not change: it is kept with it, one value of a type, and made by whoever
/// asks first. A copy begins anew, for what is kept may point into the original.
class Memo {
 public:
  Memo() = default;
  Memo(const Memo&) noexcept {}
  Memo& operator=(const Memo&) = delete;

  /// What `make` makes, once. `make` may ask the same memo for something of another type.
  template <class T, class Make>
  const T& of(Make make) const {
    const std::scoped_lock lock{mutex_};
    auto& kept = kept_[std::type_index{typeid(T)}];
    if (!kept) kept = std::make_shared<const T>(make());
    return *static_cast<const T*>(kept.get());
  }

 private:
  mutable std::recursive_mutex mutex_;
  mutable std::map<std::type_index, std::shared_ptr<const void>> kept_;
};

}  // namespace plugvet
