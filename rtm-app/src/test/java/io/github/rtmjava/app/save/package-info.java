/**
 * What every format that {@code --save} knows holds of pictures and videos, through the command.
 */
@NullMarked
package io.github.rtmjava.app.save;

import org.jspecify.annotations.NullMarked;
