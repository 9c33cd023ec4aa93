/** Networks as ONNX files, and ONNX Runtime as an engine, to compare with. */
@NullMarked
package io.github.rtmjava.benchmarks.onnx;

import org.jspecify.annotations.NullMarked;
