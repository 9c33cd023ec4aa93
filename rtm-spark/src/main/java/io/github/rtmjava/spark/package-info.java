/**
 * Poses on Apache Spark: from a column of pictures ({@link io.github.rtmjava.spark.Poses}), in a
 * pipeline of machine learning ({@link io.github.rtmjava.spark.PoseTransformer}) and in SQL ({@link
 * io.github.rtmjava.spark.PoseFunctions}).
 */
@NullMarked
package io.github.rtmjava.spark;

import org.jspecify.annotations.NullMarked;
