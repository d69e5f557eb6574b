// The kernels that read tables of numbers, written once; each Kernels*.c includes this.
//
// Numbers are handled eight characters at a time in a machine word that holds the last character in
// its highest byte, and a block of rows at a time in loops that the compiler turns into vectors.
#include <string.h>

#define TFK_ROWS 128
#define TFK_ZEROS 0x3030303030303030ull
#define TFK_TOPS 0x8080808080808080ull
/// A decimal point after TFK_ZEROS has been taken off, in every byte.
#define TFK_POINTS 0x1E1E1E1E1E1E1E1Eull

TFK_INLINE uint64_t load_word(const uint8_t *text) {
  uint64_t word;
  memcpy(&word, text, sizeof word);
  return word;
}

/// The number that eight digits write, the lowest byte being the first (D. Lemire, "Quickly parsing
/// eight digits").
TFK_INLINE uint32_t value_of_digits(uint64_t word) {
  uint64_t pairs = (word << 3) + (word << 1) + (word >> 8);
  uint64_t high = (pairs & 0x000000FF000000FFull) * 0x000F424000000064ull;
  uint64_t low = ((pairs >> 16) & 0x000000FF000000FFull) * 0x0000271000000001ull;
  return (uint32_t)((high + low) >> 32);
}

/// Not 0 where a byte is no digit's value.
TFK_INLINE uint64_t not_digits(uint64_t word) {
  return ((word + 0x7676767676767676ull) | word) & TFK_TOPS;
}

/// Takes the decimal point out of a word; gives the digits after it, or -1 for a lone point.
TFK_INLINE int32_t take_point(uint64_t *word, uint64_t length) {
  // The point at byte b sets bit 8 b + 7 alone; a second one stays and is found as no digit.
  const uint64_t marked = *word ^ TFK_POINTS;
  const uint64_t flags = ~(((marked & ~TFK_TOPS) + ~TFK_TOPS) | marked) & TFK_TOPS;
  const uint64_t up_to_point = (flags << 1) - (flags != 0);
  *word = (*word & ~up_to_point) | ((*word & (up_to_point >> 8)) << 8);
  if (flags != 0 && length == 1) return -1;
  return (int32_t)(((flags >> 7) * 0x7060504030201000ull) >> 60);
}

/// Reads x.xxxxxe-xx, the form that "%g" gives small numbers; 0 where it is something else.
TFK_INLINE int32_t read_small(const uint8_t *start, const uint8_t *stop, double *out) {
  static const double power[23] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                   1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                   1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  const int32_t negative = *start == '-';
  const int64_t length = stop - start - negative - 4;
  if (length < 1 || length > 8 || stop[-4] != 'e' || stop[-3] != '-') return 0;
  const uint32_t tens = (uint32_t)(stop[-2] ^ '0'), ones = (uint32_t)(stop[-1] ^ '0');
  uint64_t word = (load_word(stop - 12) ^ TFK_ZEROS) & (~0ull << (64 - 8 * length));
  const int32_t decimals = take_point(&word, (uint64_t)length);
  if (tens > 9 || ones > 9 || decimals < 0 || not_digits(word)) return 0;
  const uint32_t exponent = tens * 10 + ones + (uint32_t)decimals;
  if (exponent > 22) return 0;
  const double magnitude = (double)value_of_digits(word) / power[exponent];
  *out = negative ? -magnitude : magnitude;
  return 1;
}

/// A block of one column's fields, as the loops over it take them.
typedef struct {
  uint64_t word[TFK_ROWS];
  int64_t length[TFK_ROWS];   ///< characters without the sign; may be out of 1...8
  uint64_t sign[TFK_ROWS];    ///< the sign's bit of a double
} text_block;

/// Loads the fields of rows first..<first + count; gives how many end with the terminator.
TFK_INLINE int64_t load_fields(const tfk_text_column *column, int64_t first, int64_t count,
                               text_block *block) {
  const uint32_t *end = column->ends + first * column->stride;
  for (int64_t i = 0; i < count; i++, end += column->stride) {
    const uint8_t *stop = column->text + end[0];
    const uint8_t *start = column->text + end[-1] + 1;
    if (*stop != column->terminator) return i;
    const int64_t negative = *start == '-';
    block->word[i] = load_word(stop - 8);
    block->length[i] = stop - start - negative;
    block->sign[i] = (uint64_t)negative << 63;
  }
  return count;
}

/// Notes the rows that were not read.
TFK_INLINE int64_t note_odd(const uint64_t *odd, int64_t first, int64_t count, uint32_t *rows,
                            int64_t noted) {
  uint64_t any = 0;
  for (int64_t i = 0; i < count; i++) any |= odd[i];
  if (any)
    for (int64_t i = 0; i < count; i++)
      if (odd[i]) rows[noted++] = (uint32_t)(first + i);
  return noted;
}

static int64_t read_doubles(const tfk_text_column *column, int64_t rows, double *out, uint32_t *odd,
                            int64_t *odd_count) {
  static const double power[8] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7};
  text_block block;
  uint64_t failed[TFK_ROWS];
  int64_t noted = 0;
  for (int64_t first = 0; first < rows; first += TFK_ROWS) {
    const int64_t wanted = rows - first < TFK_ROWS ? rows - first : TFK_ROWS;
    const int64_t count = load_fields(column, first, wanted, &block);
    for (int64_t i = 0; i < count; i++) {
      const int64_t length = block.length[i];
      const uint64_t fits = (uint64_t)(length - 1) < 8;
      const uint64_t kept = fits ? (uint64_t)length : 8;
      const uint64_t word = (block.word[i] ^ TFK_ZEROS) & (~0ull << (64 - 8 * kept));
      uint64_t digits = word;
      const int32_t decimals = take_point(&digits, kept);
      const double magnitude = (double)(int32_t)value_of_digits(digits) / power[decimals & 7];
      failed[i] = not_digits(digits) | !fits | (decimals < 0);
      uint64_t bits;
      memcpy(&bits, &magnitude, sizeof bits);
      bits ^= block.sign[i];
      memcpy(out + first + i, &bits, sizeof bits);
    }
    const int64_t before = noted;
    noted = note_odd(failed, first, count, odd, noted);
    int64_t left = before;
    for (int64_t i = before; i < noted; i++) {
      const uint32_t *end = column->ends + odd[i] * column->stride;
      if (!read_small(column->text + end[-1] + 1, column->text + end[0], out + odd[i]))
        odd[left++] = odd[i];
    }
    noted = left;
    if (count < wanted) {
      *odd_count = noted;
      return first + count;
    }
  }
  *odd_count = noted;
  return rows;
}

static int64_t read_integers(const tfk_text_column *column, int64_t rows, int32_t *out,
                             uint32_t *odd, int64_t *odd_count) {
  text_block block;
  uint64_t failed[TFK_ROWS];
  int64_t noted = 0;
  for (int64_t first = 0; first < rows; first += TFK_ROWS) {
    const int64_t wanted = rows - first < TFK_ROWS ? rows - first : TFK_ROWS;
    const int64_t count = load_fields(column, first, wanted, &block);
    for (int64_t i = 0; i < count; i++) {
      const int64_t length = block.length[i];
      const uint64_t fits = (uint64_t)(length - 1) < 8;
      const uint64_t kept = fits ? (uint64_t)length : 8;
      const uint64_t word = (block.word[i] ^ TFK_ZEROS) & (~0ull << (64 - 8 * kept));
      const int32_t value = (int32_t)value_of_digits(word);
      failed[i] = not_digits(word) | !fits;
      out[first + i] = block.sign[i] ? -value : value;
    }
    noted = note_odd(failed, first, count, odd, noted);
    if (count < wanted) {
      *odd_count = noted;
      return first + count;
    }
  }
  *odd_count = noted;
  return rows;
}

/// Appends the places of a mask's bits, eight at a time: what is written too much is overwritten.
TFK_INLINE uint32_t *write_places(uint64_t mask, uint32_t place, uint32_t *places) {
  const int count = __builtin_popcountll(mask);
  for (int done = 0; done < count; done += 8)
    for (int i = 0; i < 8; i++) {
      places[done + i] = place + (mask ? (uint32_t)__builtin_ctzll(mask) : 0);
      mask &= mask - 1;
    }
  return places + count;
}

static int64_t field_ends(const uint8_t *text, int64_t start, int64_t end, uint32_t *places) {
  typedef uint8_t bytes64 __attribute__((vector_size(64)));
  typedef _Bool bits64 __attribute__((ext_vector_type(64)));
  uint32_t *next = places;
  int64_t place = start;
  for (; place + 64 <= end; place += 64) {
    bytes64 block;
    memcpy(&block, text + place, sizeof block);
    const bits64 below = __builtin_convertvector(block < (uint8_t)'-', bits64);
    uint64_t mask;
    memcpy(&mask, &below, sizeof mask);
    next = write_places(mask, (uint32_t)place, next);
  }
  for (; place < end; place++)
    if (text[place] < '-') *next++ = (uint32_t)place;
  return next - places;
}

static int64_t count_byte(const uint8_t *text, int64_t count, uint8_t byte) {
  int64_t found = 0;
  for (int64_t i = 0; i < count; i++) found += text[i] == byte;
  return found;
}
