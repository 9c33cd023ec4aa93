/** Files that appear complete or not at all, and the folder for those that can be made again. */
@NullMarked
package io.github.rtmjava.files;

import org.jspecify.annotations.NullMarked;
