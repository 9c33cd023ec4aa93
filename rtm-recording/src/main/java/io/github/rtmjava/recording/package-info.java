/**
 * Videos from their first frame to their last: what is written while frames come ({@link
 * io.github.rtmjava.recording.RecordedFrames}), and what is made of all of them ({@link
 * io.github.rtmjava.recording.RecordingResults}).
 */
@NullMarked
package io.github.rtmjava.recording;

import org.jspecify.annotations.NullMarked;
