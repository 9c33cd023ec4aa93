/** Model bundles and safetensors, read and written. */
@NullMarked
package io.github.rtmjava.bundle;

import org.jspecify.annotations.NullMarked;
