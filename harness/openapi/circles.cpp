#include <algorithm>
#include <deque>

#include "harness/openapi/references.h"

namespace plugvet::openapi {
namespace {

/// Tarjan's strongly connected components, without recursion: a chain of references may be as long as the document.
class Components {
 public:
  explicit Components(const TargetGraph& graph)
      : graph_{graph}, index_(graph.size(), 0), low_(graph.size(), 0), component_of(graph.size(), no_target) {
    for (Target start = 0; start < graph.size(); ++start)
      if (index_[start] == 0) visit_from(start);
  }

 private:
  struct Frame {
    Target node;
    std::size_t next_edge;
  };

  void visit_from(Target start) {
    std::vector<Frame> way{open(start)};
    while (!way.empty()) {
      const Target node = way.back().node;
      if (way.back().next_edge < graph_[node].size()) {
        const Target next = graph_[node][way.back().next_edge++];
        if (index_[next] == 0)
          way.push_back(open(next));
        else if (component_of[next] == no_target)
          low_[node] = std::min(low_[node], index_[next]);
        continue;
      }
      way.pop_back();
      if (!way.empty()) low_[way.back().node] = std::min(low_[way.back().node], low_[node]);
      if (low_[node] == index_[node]) close(node);
    }
  }

  Frame open(Target node) {
    index_[node] = low_[node] = ++count_;
    stack_.push_back(node);
    return {node, 0};
  }

  void close(Target root) {
    std::vector<Target> members;
    Target member = no_target;
    do {
      member = stack_.back();
      stack_.pop_back();
      component_of[member] = static_cast<Target>(all.size());
      members.push_back(member);
    } while (member != root);
    std::ranges::sort(members);
    all.push_back(std::move(members));
  }

  const TargetGraph& graph_;
  std::vector<std::uint32_t> index_, low_;
  std::vector<Target> stack_;
  std::uint32_t count_ = 0;

 public:
  std::vector<Target> component_of;
  std::vector<std::vector<Target>> all;
};

/// The shortest way from a target back to itself that does not leave its group; empty when there is none.
std::vector<Target> circle_through(Target start, const TargetGraph& graph, const std::vector<Target>& component_of,
                                   std::vector<Target>& came_from) {
  std::deque<Target> queue{start};
  for (; !queue.empty(); queue.pop_front()) {
    const Target node = queue.front();
    for (const Target next : graph[node]) {
      if (next == start) {
        std::vector<Target> circle{node};
        while (circle.back() != start) circle.push_back(came_from[circle.back()]);
        std::ranges::reverse(circle);
        return circle;
      }
      if (component_of[next] != component_of[start] || came_from[next] != no_target) continue;
      came_from[next] = node;
      queue.push_back(next);
    }
  }
  return {};
}

}  // namespace

std::vector<std::vector<Target>> circles_in(const TargetGraph& graph) {
  const Components components{graph};
  std::vector<Target> came_from(graph.size(), no_target);
  std::vector<std::vector<Target>> circles;
  for (const std::vector<Target>& group : components.all)
    if (auto circle = circle_through(group.front(), graph, components.component_of, came_from); !circle.empty())
      circles.push_back(std::move(circle));
  std::ranges::sort(circles);
  return circles;
}

}  // namespace plugvet::openapi
