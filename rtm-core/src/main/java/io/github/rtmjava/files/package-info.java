/** Files that appear complete or not at all. */
@NullMarked
package io.github.rtmjava.files;

import org.jspecify.annotations.NullMarked;
