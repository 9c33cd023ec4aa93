/** Videos: files, streams, cameras and folders of pictures as frames with times, and back. */
@NullMarked
package io.github.rtmjava.video;

import org.jspecify.annotations.NullMarked;
