/**
 * What every option of the {@code rtm} command does: a table of runs for each command, in which
 * each option changes something that can be seen.
 */
@NullMarked
package io.github.rtmjava.app.option;

import org.jspecify.annotations.NullMarked;
