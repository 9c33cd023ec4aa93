package io.github.rtmjava.converter;

/**
 * A torch file of which nothing but the pickle has been read.
 *
 * @param layout how it was written, for people
 * @param top the object that was saved
 * @param storages the blocks of elements beside it
 */
record TorchPickle(String layout, Py top, TensorLoader.Storages storages) {}
