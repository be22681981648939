#pragma once

namespace fmx {

/// Has the heap grow in large steps and lie on huge pages, where the system has them. A diagnosis
/// of some milliseconds fills a heap of 20 MB once: taken page by page, that is a third of its
/// time. Does nothing where malloc is not glibc's.
void prepare_heap();

}  // namespace fmx
