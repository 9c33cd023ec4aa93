/** Results as Parquet files. */
@NullMarked
package io.github.rtmjava.output.parquet;

import org.jspecify.annotations.NullMarked;
