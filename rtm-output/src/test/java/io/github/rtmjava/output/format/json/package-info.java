@NullMarked
package io.github.rtmjava.output.format.json;

import org.jspecify.annotations.NullMarked;
