package io.github.rtmjava.app.save;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What files say.
 *
 * @param people everybody in every frame
 * @param frames all frames, with nobody in them too; null where files do not list them
 */
record Contents(List<Sighting> people, @Nullable List<Sighting> frames) {}
