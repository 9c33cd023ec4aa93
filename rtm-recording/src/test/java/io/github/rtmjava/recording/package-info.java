@NullMarked
package io.github.rtmjava.recording;

import org.jspecify.annotations.NullMarked;
