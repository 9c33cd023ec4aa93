@NullMarked
package io.github.rtmjava.output.format.table;

import org.jspecify.annotations.NullMarked;
