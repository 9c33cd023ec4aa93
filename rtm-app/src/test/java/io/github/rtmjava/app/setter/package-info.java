/** What every method of the public builders and options does, as {@code option} is for flags. */
@NullMarked
package io.github.rtmjava.app.setter;

import org.jspecify.annotations.NullMarked;
