#pragma once

#include <cassert>
#include <utility>
#include <variant>

namespace fmx {

/// What went wrong, on its way into a Result.
template <class E>
struct Unexpected {
  E error;
};
template <class E>
Unexpected(E) -> Unexpected<E>;

/// A value, or the reason why there is none. In the shape of C++23's std::expected, so that it can
/// give way to it.
template <class T, class E>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Unexpected<E> error) : state_(std::in_place_index<1>, std::move(error.error)) {}

  bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  T& value() & {
    assert(has_value() && "the caller looks before it takes");
    return std::get<0>(state_);
  }
  const T& value() const& {
    assert(has_value() && "the caller looks before it takes");
    return std::get<0>(state_);
  }
  T&& value() && {
    assert(has_value() && "the caller looks before it takes");
    return std::get<0>(std::move(state_));
  }
  const E& error() const& {
    assert(!has_value() && "the caller looks before it takes");
    return std::get<1>(state_);
  }

  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

 private:
  std::variant<T, E> state_;
};

}  // namespace fmx
