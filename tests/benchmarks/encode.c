/* Text to ids and offsets in C: what one thread of this machine can do, as a yardstick for `tokenize`.

   encode TEXT OFFSETS: the documents, each followed by a line end, and where each begins (int64, the end last).
   Prints seconds, tokens, types, the sum of all starts, and that of all ids. Reading the files is not timed; one pass
   over the text goes before, and the fastest of three is told.

   A token is a run of letters, digits and bytes above 127, with inner apostrophes, hyphens and dots of numbers and
   initialisms; every other visible byte is a token of its own. So a dash, a curly quotation mark or a non-breaking
   space is taken for a letter: `tokenize` does more there, and finds some tokens more.

   64 bytes at a time become one bit each (word, joiner, dot, visible); tokens are the runs of bits. Types are numbered
   in a table with open addressing, whose slots of 32 bytes hold the first 16 bytes of the token. */

#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#if defined(__AVX512BW__) || defined(__AVX2__)
#include <immintrin.h>
#endif
#ifdef __GLIBC__
#include <malloc.h>
#endif

#define PAD 128
#define PASSES 3

typedef struct { uint64_t word, joiner, dot, visible; } Bits;
typedef struct { uint64_t low, high; const uint8_t *first; uint32_t length, id; } Slot;
typedef struct { Slot *slots; uint64_t mask; uint32_t types; } Table;
typedef struct { uint32_t *ids, *starts; int64_t *offsets; int64_t tokens; uint32_t types; } Encoded;

/* Classes of 64 bytes */

#if defined(__AVX512BW__)
static Bits bits_of(const uint8_t *at) {
    __m512i byte = _mm512_loadu_si512(at);
    __m512i letter = _mm512_sub_epi8(_mm512_or_si512(byte, _mm512_set1_epi8(32)), _mm512_set1_epi8('a'));
    __m512i digit = _mm512_sub_epi8(byte, _mm512_set1_epi8('0'));
    uint64_t word = _mm512_cmplt_epu8_mask(letter, _mm512_set1_epi8(26))
        | _mm512_cmplt_epu8_mask(digit, _mm512_set1_epi8(10)) | _mm512_movepi8_mask(byte);
    uint64_t joiner = _mm512_cmpeq_epi8_mask(byte, _mm512_set1_epi8('\'')) | _mm512_cmpeq_epi8_mask(byte, _mm512_set1_epi8('-'));
    uint64_t dot = _mm512_cmpeq_epi8_mask(byte, _mm512_set1_epi8('.'));
    uint64_t visible = _mm512_cmpgt_epi8_mask(byte, _mm512_set1_epi8(32)) & ~_mm512_cmpeq_epi8_mask(byte, _mm512_set1_epi8(127));
    return (Bits){word, joiner, dot, visible};
}
#elif defined(__AVX2__)
static uint32_t below(__m256i byte, int limit) {
    __m256i most = _mm256_set1_epi8((char)(limit - 1));
    return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(_mm256_min_epu8(byte, most), byte));
}

static uint32_t equal(__m256i byte, char value) {
    return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(byte, _mm256_set1_epi8(value)));
}

static Bits bits_of(const uint8_t *at) {
    Bits found = {0, 0, 0, 0};
    for (int half = 0; half < 64; half += 32) {
        __m256i byte = _mm256_loadu_si256((const __m256i *)(at + half));
        __m256i letter = _mm256_sub_epi8(_mm256_or_si256(byte, _mm256_set1_epi8(32)), _mm256_set1_epi8('a'));
        __m256i digit = _mm256_sub_epi8(byte, _mm256_set1_epi8('0'));
        uint32_t high = (uint32_t)_mm256_movemask_epi8(byte);
        found.word |= (uint64_t)(below(letter, 26) | below(digit, 10) | high) << half;
        found.joiner |= (uint64_t)(equal(byte, '\'') | equal(byte, '-')) << half;
        found.dot |= (uint64_t)equal(byte, '.') << half;
        uint32_t visible = (uint32_t)_mm256_movemask_epi8(_mm256_cmpgt_epi8(byte, _mm256_set1_epi8(32)));
        found.visible |= (uint64_t)(visible & ~equal(byte, 127)) << half;
    }
    return found;
}
#else
static Bits bits_of(const uint8_t *at) {
    Bits found = {0, 0, 0, 0};
    for (int i = 0; i < 64; i++) {
        uint8_t byte = at[i];
        found.word |= (uint64_t)((uint8_t)((byte | 32) - 'a') < 26 || (uint8_t)(byte - '0') < 10 || byte > 127) << i;
        found.joiner |= (uint64_t)(byte == '\'' || byte == '-') << i;
        found.dot |= (uint64_t)(byte == '.') << i;
        found.visible |= (uint64_t)(byte > 32 && byte < 127) << i;
    }
    return found;
}
#endif

static int is_digit(uint8_t byte) { return (uint8_t)(byte - '0') < 10; }
static int is_letter(uint8_t byte) { return (uint8_t)((byte | 32) - 'a') < 26 || byte > 127; }
static int is_word(uint8_t byte) { return is_digit(byte) || is_letter(byte); }

/* Whether a dot stands between single letters (U.S., e.g.). The text has separators around it. */
static int between_initials(const uint8_t *at) {
    return is_letter(at[-1]) && !is_word(at[-2]) && is_letter(at[1]) && !is_word(at[2]);
}

/* The dots of 64 bytes that belong to numbers (3.74) and initials; those of the next 64 are added to `late`. */
static uint64_t inner_dots(const uint8_t *text, Bits bits, uint64_t *late) {
    uint64_t found = *late;
    *late = 0;
    /* Nearly all dots are followed by a blank and are not looked at. */
    for (uint64_t dots = bits.dot & (bits.visible >> 1 | 1ULL << 63); dots; dots &= dots - 1) {
        int i = __builtin_ctzll(dots);
        const uint8_t *at = text + i;
        if (is_digit(at[-1]) && is_digit(at[1])) found |= 1ULL << i;
        if (!between_initials(at)) continue;
        found |= 1ULL << i;
        if (at[2] != '.' || is_word(at[3])) continue;
        if (i < 62) found |= 4ULL << i; /* the last dot of U.S. */
        else *late |= 1ULL << (i - 62);
    }
    return found;
}

/* One bit a byte: inside a word, and visible but outside of words. */
static void mark(const uint8_t *text, int64_t blocks, uint64_t *words, uint64_t *others) {
    uint64_t late = 0, joiners = 0; /* joiners of the block before, which is finished once the next one is known */
    for (int64_t b = 0; b < blocks; b++) {
        Bits bits = bits_of(text + 64 * b);
        uint64_t word = bits.word | inner_dots(text + 64 * b, bits, &late);
        words[b] = word;
        others[b] = bits.visible;
        if (b) {
            uint64_t before = words[b - 1] << 1 | (b > 1 ? words[b - 2] >> 63 : 0);
            words[b - 1] |= joiners & before & (words[b - 1] >> 1 | word << 63);
            others[b - 1] &= ~words[b - 1];
        }
        joiners = bits.joiner;
    }
    others[blocks - 1] &= ~words[blocks - 1];
}

/* Types */

/* The first bytes of 16 that belong to a token of this length: looked up, since a branch would be guessed wrongly. */
#define FIRST(n) (~0ULL >> (64 - 8 * (n)))
static const uint64_t LOW[17] = {0, FIRST(1), FIRST(2), FIRST(3), FIRST(4), FIRST(5), FIRST(6), FIRST(7),
    ~0ULL, ~0ULL, ~0ULL, ~0ULL, ~0ULL, ~0ULL, ~0ULL, ~0ULL, ~0ULL};
static const uint64_t HIGH[17] = {0, 0, 0, 0, 0, 0, 0, 0, 0,
    FIRST(1), FIRST(2), FIRST(3), FIRST(4), FIRST(5), FIRST(6), FIRST(7), ~0ULL};

static uint64_t load(const uint8_t *at) {
    uint64_t bytes;
    memcpy(&bytes, at, 8);
    return bytes;
}

static uint64_t mixed(uint64_t low, uint64_t high) {
    uint64_t hash = (low ^ high * 0x9E3779B97F4A7C15ULL) * 0xBF58476D1CE4E5B9ULL;
    return hash ^ hash >> 32;
}

static uint64_t hash_of(const Slot *slot) {
    uint64_t hash = mixed(slot->low, slot->high + slot->length);
    for (uint32_t i = 16; i < slot->length; i++) hash = mixed(hash, slot->first[i]);
    return hash;
}

static Table empty_table(uint64_t size) { return (Table){calloc(size, sizeof(Slot)), size - 1, 0}; }

/* Twice the slots; every type moves. */
static void grow(Table *table) {
    Slot *old = table->slots;
    uint64_t size = table->mask + 1;
    table->slots = calloc(2 * size, sizeof(Slot));
    table->mask = 2 * size - 1;
    for (uint64_t i = 0; i < size; i++) {
        if (!old[i].length) continue;
        uint64_t hash = hash_of(old + i);
        while (table->slots[hash & table->mask].length) hash++;
        table->slots[hash & table->mask] = old[i];
    }
    free(old);
}

static uint32_t id_of(Table *table, const uint8_t *at, uint32_t length) {
    uint32_t inline_length = length < 16 ? length : 16;
    Slot wanted = {load(at) & LOW[inline_length], load(at + 8) & HIGH[inline_length], at, length, table->types};
    for (uint64_t i = hash_of(&wanted);; i++) {
        Slot *slot = table->slots + (i & table->mask);
        uint64_t differs = (slot->low ^ wanted.low) | (slot->high ^ wanted.high) | (slot->length ^ length);
        if (!differs && (length <= 16 || !memcmp(slot->first + 16, at + 16, length - 16))) return slot->id;
        if (slot->length) continue;
        *slot = wanted;
        if (++table->types * 4ULL > table->mask * 3) grow(table); /* a small table stays in the cache */
        return wanted.id;
    }
}

/* The length of the run of words that starts at a bit; 0 where none does. */
static uint32_t run_length(const uint64_t *words, int64_t block, int bit) {
    uint64_t gap = ~words[block] >> bit;
    if (gap) return (uint32_t)__builtin_ctzll(gap);
    uint32_t length = 64 - (uint32_t)bit;
    while (!~words[++block]) length += 64;
    return length + (uint32_t)__builtin_ctzll(~words[block]);
}

static Encoded encode(const uint8_t *text, int64_t size, const int64_t *documents, int64_t number) {
    int64_t blocks = size / 64 + 2, capacity = 0, document = 0;
    uint64_t *words = malloc(8 * (size_t)blocks), *others = malloc(8 * (size_t)blocks), carry = 0;
    mark(text, blocks, words, others);
    for (int64_t b = 0; b < blocks; b++) {
        capacity += __builtin_popcountll((words[b] & ~(words[b] << 1 | carry)) | others[b]);
        carry = words[b] >> 63;
    }
    Encoded found = {malloc(4 * (size_t)capacity + 4), malloc(4 * (size_t)capacity + 4), malloc(8 * (size_t)number + 8), 0, 0};
    Table table = empty_table(1 << 14);
    found.offsets[0] = 0;
    carry = 0;
    for (int64_t b = 0; b < blocks; b++) {
        uint64_t starts = (words[b] & ~(words[b] << 1 | carry)) | others[b];
        carry = words[b] >> 63;
        for (; starts; starts &= starts - 1) {
            int bit = __builtin_ctzll(starts);
            int64_t at = 64 * b + bit;
            while (at >= documents[document + 1]) found.offsets[++document] = found.tokens;
            uint32_t run = run_length(words, b, bit), length = run + !run;
            found.ids[found.tokens] = id_of(&table, text + at, length);
            found.starts[found.tokens++] = (uint32_t)(at - documents[document]);
        }
    }
    while (document < number) found.offsets[++document] = found.tokens;
    found.types = table.types;
    free(table.slots);
    free(words);
    free(others);
    return found;
}

static uint8_t *file_bytes(const char *path, int64_t *size) {
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END)) exit(2);
    *size = ftell(file);
    rewind(file);
    uint8_t *bytes = malloc((size_t)*size + 2 * PAD);
    memset(bytes, '\n', PAD);
    if (fread(bytes + PAD, 1, (size_t)*size, file) != (size_t)*size) exit(2);
    memset(bytes + PAD + *size, '\n', PAD);
    fclose(file);
    return bytes + PAD;
}

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

int main(int count, char **arguments) {
    if (count != 3) return 2;
    int64_t size, offset_bytes;
    const uint8_t *text = file_bytes(arguments[1], &size);
    const int64_t *documents = (const int64_t *)(const void *)file_bytes(arguments[2], &offset_bytes);
    Encoded found = {0, 0, 0, 0, 0};
    double taken = 0;
    /* What a pass frees is kept for the next: the loop is timed, not how the system hands out memory. */
#ifdef __GLIBC__
    mallopt(M_MMAP_MAX, 0), mallopt(M_TRIM_THRESHOLD, INT_MAX);
#endif
    for (int pass = 0; pass <= PASSES; pass++) {
        free(found.ids), free(found.starts), free(found.offsets);
        double begin = seconds();
        found = encode(text, size, documents, offset_bytes / 8 - 1);
        double now = seconds() - begin;
        if (pass < 2 || now < taken) taken = now;
    }
    uint64_t ids = 0, starts = 0; /* what is computed and never looked at may be left out by a compiler */
    for (int64_t i = 0; i < found.tokens; i++) ids += found.ids[i], starts += found.starts[i];
    printf("%.9f %lld %u %llu %llu\n", taken, (long long)found.tokens, found.types, (unsigned long long)starts,
           (unsigned long long)ids);
    return 0;
}
