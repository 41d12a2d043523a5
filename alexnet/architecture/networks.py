"""The networks of the lessons: the paper's, two others that are called AlexNet, the study note's, and
four of ours small enough to train.
"""

from __future__ import annotations

from dataclasses import replace

from alexnet.architecture.fitted import FIVE_MINUTES, HALF_MINUTE
from alexnet.architecture.rows import (
    BatchNormalization,
    Convolution,
    Dense,
    Dropout,
    Flatten,
    LocalResponseNormalization,
    Network,
    Pooling,
    Rounding,
)

PAPER_2012 = Network(
    "paper_2012",
    (
        Convolution("conv1", 96, 11, stride=4, towers=2, reads="all", std=0.01),
        LocalResponseNormalization("lrn1"),
        Pooling("pool1"),
        Convolution("conv2", 256, 5, padding=2, towers=2, std=0.01, bias=1.0),
        LocalResponseNormalization("lrn2"),
        Pooling("pool2"),
        Convolution("conv3", 384, 3, padding=1, towers=2, reads="all", std=0.03),
        Convolution("conv4", 384, 3, padding=1, towers=2, std=0.03, bias=1.0),
        Convolution("conv5", 256, 3, padding=1, towers=2, std=0.03, bias=1.0),
        Pooling("pool5"),
        Flatten(),
        Dense("fc6", 4096, towers=2, std=0.01, bias=1.0),
        Dropout("drop6"),
        Dense("fc7", 4096, towers=2, std=0.01, bias=1.0),
        Dropout("drop7"),
        Dense("fc8", 1000, activation="softmax", std=0.01),
    ),
    size=227,
)
"""The network of the paper: the order in layers 1 and 2 (ReLU, normalization, pooling) is the paper's own."""

CAFFE = Network(
    "caffe",
    (
        Convolution("conv1", 96, 11, stride=4, towers=2, reads="all", std=0.01),
        LocalResponseNormalization("lrn1", k=1.0, reads="all"),
        Pooling("pool1"),
        Convolution("conv2", 256, 5, padding=2, towers=2, std=0.01, bias=0.1),
        LocalResponseNormalization("lrn2", k=1.0, reads="all"),
        Pooling("pool2"),
        Convolution("conv3", 384, 3, padding=1, towers=2, reads="all", std=0.01),
        Convolution("conv4", 384, 3, padding=1, towers=2, std=0.01, bias=0.1),
        Convolution("conv5", 256, 3, padding=1, towers=2, std=0.01, bias=0.1),
        Pooling("pool5"),
        Flatten(),
        Dense("fc6", 4096, std=0.005, bias=0.1),
        Dropout("drop6"),
        Dense("fc7", 4096, std=0.005, bias=0.1),
        Dropout("drop7"),
        Dense("fc8", 1000, activation="softmax", std=0.01),
    ),
    size=227,
    rounding=Rounding("down", "up"),
)
"""Caffe's reimplementation for one GPU: the towers are ``group: 2``, the normalization crosses their border
with a k of 1 (not 2), and some weights and biases start smaller (BVLC/caffe, ``models/bvlc_alexnet``:
``train_val.prototxt`` and ``readme.md``; ``lrn_layer.cpp`` divides alpha by n)."""

CAFFE_224 = replace(
    CAFFE,
    id="caffe_224",
    rows=tuple(Pooling("pool5", rounding="up") if row.name == "pool5" else row for row in CAFFE.rows),
    size=224,
    rounding=Rounding(),
)
"""Caffe's network as Caffe2 hands it on, in the ONNX model zoo: 224 pixels make 54-26-12, and the last
pooling alone is padded at the end, so that its 6x6 maps fit the published dense weights (onnx/models,
``validated/vision/classification/alexnet``)."""

ONE_WEIRD_TRICK = Network(
    "one_weird_trick",
    (
        Convolution("conv1", 64, 11, stride=4, padding=2),
        Pooling("pool1"),
        Convolution("conv2", 192, 5, padding=2),
        Pooling("pool2"),
        Convolution("conv3", 384, 3, padding=1),
        Convolution("conv4", 256, 3, padding=1),
        Convolution("conv5", 256, 3, padding=1),
        Pooling("pool5"),
        Flatten(),
        Dropout("drop6"),
        Dense("fc6", 4096),
        Dropout("drop7"),
        Dense("fc7", 4096),
        Dense("fc8", 1000, activation="softmax"),
    ),
    size=224,
)
"""What torchvision calls ``alexnet``: the one tower of Krizhevsky's "One weird trick for parallelizing
convolutional neural networks" (2014), without the normalization that its published configuration has
(akrizhevsky/cuda-convnet2, ``layers/layers-imagenet-1gpu.cfg``; pytorch/vision,
``torchvision/models/alexnet.py``). There an adaptive average pooling to 6x6 follows ``pool5``: at 224 pixels
its maps are 6x6 already, and it changes nothing. PyTorch starts weights uniformly within 1 / sqrt(fan-in);
here they start as He's."""

STUDY_NOTE = Network(
    "study_note",
    (
        Convolution("conv1", 96, 11, stride=4),
        Pooling("pool1"),
        Convolution("conv2", 256, 5, padding="same"),
        Pooling("pool2"),
        Convolution("conv3", 384, 3, padding="same"),
        Convolution("conv4", 384, 3, padding="same"),
        Convolution("conv5", 256, 3, padding="same"),
        Pooling("pool5"),
        Flatten(),
        Dense("fc6", 4096),
        Dense("fc7", 4096),
        Dense("fc8", 1000),
        Dense("output", 2, activation="softmax"),
    ),
    size=227,
)
"""The study note's ``class AlexNet(Sequential)``: one tower, He's initializer, no dropout, and after the
1000 units of the table a further dense layer for its two classes. The layers that the note leaves out
("...") follow its own table; that reading is ours."""

CLASSROOM = Network(
    "classroom",
    (
        Convolution("conv1", 32, 11, stride=2, padding=5, towers=2, reads="all"),
        LocalResponseNormalization("lrn1"),
        Pooling("pool1"),
        Convolution("conv2", 64, 5, padding=2, towers=2),
        LocalResponseNormalization("lrn2"),
        Pooling("pool2"),
        Convolution("conv3", 96, 3, padding=1, towers=2, reads="all"),
        Convolution("conv4", 96, 3, padding=1, towers=2),
        Convolution("conv5", 64, 3, padding=1, towers=2),
        Pooling("pool5"),
        Flatten(),
        Dense("fc6", 256, towers=2),
        Dropout("drop6"),
        Dense("fc7", 256, towers=2),
        Dropout("drop7"),
        Dense("fc8", 2, activation="softmax"),
    ),
    size=64,
)
"""The paper's network in miniature: every layer is there, two towers meet where the paper's GPUs meet, and
the first kernels are still 11x11. Small enough to train in a lesson. Ours; it is not redefined."""

SHIPPED = Network(
    "shipped",
    (
        Convolution("conv1", 96, 11, stride=2, padding=5, towers=2, reads="all", std=0.01),
        LocalResponseNormalization("lrn1"),
        Pooling("pool1"),
        Convolution("conv2", 128, 5, padding=2, towers=2, activation=None),
        BatchNormalization("bn2"),
        Pooling("pool2"),
        Convolution("conv3", 256, 3, padding=1, towers=2, reads="all", activation=None),
        BatchNormalization("bn3"),
        Convolution("conv4", 256, 3, padding=1, towers=2, activation=None),
        BatchNormalization("bn4"),
        Convolution("conv5", 256, 3, padding=1, towers=2, activation=None),
        BatchNormalization("bn5"),
        Pooling("pool5"),
        Flatten(),
        Dense("fc6", 512, towers=2),
        Dropout("drop6", 0.3),
        Dense("fc7", 512, towers=2),
        Dropout("drop7", 0.3),
        Dense("fc8", 10, activation="softmax"),
    ),
    size=64,
)
"""The network whose trained weights ship with the app: the paper's first layer (96 kernels of 11x11x3 in two
towers, local response normalization) on CIFAR-10 pictures enlarged to 64 pixels, and batch normalization
further up, which lets it train on two processor cores. Ours."""

NETWORKS: tuple[Network, ...] = (
    PAPER_2012,
    CAFFE,
    ONE_WEIRD_TRICK,
    STUDY_NOTE,
    CLASSROOM,
    HALF_MINUTE,
    FIVE_MINUTES,
    SHIPPED,
)
"""What a reader may choose among where networks are compared."""
