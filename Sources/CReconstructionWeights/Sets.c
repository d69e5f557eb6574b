// The compiler takes the files in as they are: a set is replaced by replacing its file and building anew.
// A set that is not there is left out, so that the program can be built to train the first.
#pragma clang diagnostic ignored "-Wc23-extensions"

#include "CReconstructionWeights.h"

#if __has_embed("Sets/trackml-kaggle.tfw")
#define HAS_KAGGLE 1
static const unsigned char kaggle[] = {
#embed "Sets/trackml-kaggle.tfw"
};
#endif

#if __has_embed("Sets/trackml-codalab.tfw")
#define HAS_CODALAB 1
static const unsigned char codalab[] = {
#embed "Sets/trackml-codalab.tfw"
};
#endif

static const struct tfw_set sets[] = {
#if HAS_KAGGLE
    {"trackml-kaggle", kaggle, sizeof kaggle},
#endif
#if HAS_CODALAB
    {"trackml-codalab", codalab, sizeof codalab},
#endif
    {0, 0, 0},
};

const size_t tfw_set_count = sizeof sets / sizeof sets[0] - 1;

struct tfw_set tfw_set_at(size_t index) { return sets[index < tfw_set_count ? index : tfw_set_count]; }
