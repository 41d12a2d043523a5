"""The numbers of the 2012 paper and of its code that pages compute with, each with its source.

The networks themselves are rows of ``alexnet.architecture``. What is only told, and not computed with, stands
in the texts of the page that tells it, with its source.

**Paper**: Krizhevsky, Sutskever and Hinton 2012, "ImageNet Classification with Deep Convolutional Neural
Networks". **Code**: github.com/computerhistory/AlexNet-Source-Code.
"""

BATCH = 128
"""Images of a training step (paper, section 5)."""

PAPER_STD = 0.01
"""Standard deviation of every layer's first weights, as the paper states it (section 5)."""

CODE_STD = 0.03
"""The same of conv3, conv4 and conv5 in the code (``layers/layers-145.cfg``)."""

GTX_580 = 3 * 2**30
"""Bytes of the memory of one of the two GPUs (paper, section 3.2: 3 GB)."""

OVERLAPPING, PLAIN = (3, 2), (2, 2)
"""Window and stride of the paper's pooling, and of the one that it is compared with (section 3.4)."""

VALIDATION_PICTURES = 50_000
"""Of ILSVRC-2012 (paper, section 2), on which the published networks' accuracies were measured."""

PUBLISHED_MEDIANS = (0.03, 0.91)
"""Medians of the colour index (``alexnet.kernels.colour``) of the first and of the last 48 kernels in the
first layer of BVLC's reference CaffeNet, computed from its published weights."""
