package io.github.rtmjava.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import io.github.rtmjava.compiler.Kernel;
import io.github.rtmjava.compiler.Step;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;

/** Arithmetic between maps by oneDNN. */
final class Products {
  private Products() {}

  /** The product of two maps as matrices. */
  static void product(Site site, Step step, Kernel.Product product) {
    Area a = site.area(step.inputs().get(0));
    Area b = site.area(step.inputs().get(1));
    Area to = site.area(step.output());
    long inner = a.channels();
    site.add(
        step,
        site.split(
            to.slot().pixels(),
            share -> {
              Primitives primitives = site.primitives(share.part());
              dnnl_memory_desc left =
                  primitives.own(
                      Dnnl.strided(
                          a.type(),
                          new long[] {site.images(), share.size(), inner},
                          new long[] {a.imagePitch(), a.pitch(), 1}));
              dnnl_memory_desc right =
                  primitives.own(
                      Dnnl.strided(
                          b.type(),
                          new long[] {site.images(), inner, to.channels()},
                          product.transposeB()
                              ? new long[] {b.imagePitch(), 1, b.pitch()}
                              : new long[] {b.imagePitch(), b.pitch(), 1}));
              dnnl_memory_desc target =
                  primitives.own(
                      Dnnl.strided(
                          to.type(),
                          new long[] {site.images(), share.size(), to.channels()},
                          new long[] {to.imagePitch(), to.pitch(), 1}));
              dnnl_primitive_attr attributes = primitives.attributes(step.post(), null);
              dnnl_primitive_desc description =
                  primitives.describe(
                      "the product " + step.name(),
                      attributes,
                      (made, attr) ->
                          dnnl_matmul_primitive_desc_create(
                              made, Dnnl.get().engine(), left, right, null, target, attr));
              return primitives.call(
                  description,
                  Map.of(
                      DNNL_ARG_SRC,
                      primitives.memory(left, a.pixel(share.from())),
                      DNNL_ARG_WEIGHTS,
                      primitives.memory(right, b.pixel(0)),
                      DNNL_ARG_DST,
                      primitives.memory(target, to.pixel(share.from()))));
            }));
  }

  /** The product of a map and one factor per channel and image; both are dense. */
  static void scaleChannels(Site site, Step step) {
    Area from = site.area(step.inputs().get(0));
    Area factors = site.area(step.inputs().get(1));
    Area to = site.area(step.output());
    site.add(
        step,
        site.split(
            to.slot().height(),
            share -> {
              Primitives primitives = site.primitives(share.part());
              dnnl_memory_desc left = primitives.own(from.rows(share.size()));
              dnnl_memory_desc right = primitives.own(factors.rows(1));
              dnnl_memory_desc target = primitives.own(to.rows(share.size()));
              dnnl_primitive_attr attributes = primitives.attributes(step.post(), null);
              dnnl_primitive_desc description =
                  primitives.describe(
                      "the product " + step.name(),
                      attributes,
                      (made, attr) ->
                          dnnl_binary_primitive_desc_create(
                              made,
                              Dnnl.get().engine(),
                              dnnl_binary_mul,
                              left,
                              right,
                              target,
                              attr));
              return primitives.call(
                  description,
                  Map.of(
                      DNNL_ARG_SRC_0,
                      primitives.memory(left, from.row(share.from())),
                      DNNL_ARG_SRC_1,
                      primitives.memory(right, factors.row(0)),
                      DNNL_ARG_DST,
                      primitives.memory(target, to.row(share.from()))));
            }));
  }

  /** Exponentials over their sum, pixel by pixel; both maps are dense. */
  static void softmax(Site site, Step step) {
    Area from = site.area(step.inputs().get(0));
    Area to = site.area(step.output());
    int pixels = site.images() * to.slot().pixels();
    site.add(
        step,
        site.split(
            pixels,
            share -> {
              Primitives primitives = site.primitives(share.part());
              dnnl_memory_desc source = primitives.own(from.matrix(share.size()));
              dnnl_memory_desc target = primitives.own(to.matrix(share.size()));
              dnnl_primitive_desc description =
                  primitives.describe(
                      "the softmax " + step.name(),
                      primitives.attributes(step.post(), null),
                      (made, attr) ->
                          dnnl_softmax_forward_primitive_desc_create(
                              made,
                              Dnnl.get().engine(),
                              dnnl_forward_inference,
                              dnnl_softmax_accurate,
                              source,
                              target,
                              1,
                              attr));
              return primitives.call(
                  description,
                  Map.of(
                      DNNL_ARG_SRC,
                      primitives.memory(source, from.pixel(share.from())),
                      DNNL_ARG_DST,
                      primitives.memory(target, to.pixel(share.from()))));
            }));
  }

  /** A step's element-wise functions, one after another; both maps are dense. */
  static void elementwise(Site site, Step step) {
    Area from = site.area(step.inputs().get(0));
    Area to = site.area(step.output());
    int pixels = site.images() * to.slot().pixels();
    site.add(
        step,
        site.split(
            pixels,
            share -> {
              Primitives primitives = site.primitives(share.part());
              dnnl_memory_desc first = primitives.own(from.matrix(share.size()));
              dnnl_memory_desc target = primitives.own(to.matrix(share.size()));
              Primitives.Eltwise function = Primitives.Eltwise.of(step.post().get(0));
              dnnl_primitive_attr attributes =
                  primitives.attributes(
                      List.copyOf(step.post().subList(1, step.post().size())), null);
              dnnl_primitive_desc description =
                  primitives.describe(
                      "the function " + step.name(),
                      attributes,
                      (made, attr) ->
                          dnnl_eltwise_forward_primitive_desc_create(
                              made,
                              Dnnl.get().engine(),
                              dnnl_forward_inference,
                              function.algorithm(),
                              first,
                              target,
                              function.alpha(),
                              function.beta(),
                              attr));
              return primitives.call(
                  description,
                  Map.of(
                      DNNL_ARG_SRC,
                      primitives.memory(first, from.pixel(share.from())),
                      DNNL_ARG_DST,
                      primitives.memory(target, to.pixel(share.from()))));
            }));
  }
}
