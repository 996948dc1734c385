/**
 * Recognises wire copy: which documents carry nearly the same text. A signature gives candidates cheaply; a claim is
 * made only after the sets of shingles themselves were compared.
 *
 * A shingle is four words in a row, folded. The resemblance of two texts is the share of their shingles that both have
 * (Broder, "On the resemblance and containment of documents", 1997). The signature keeps, for each of 36 orders of all
 * shingles, the first one of the text; two texts agree in a place with the probability of their resemblance. Three places
 * make a band, and texts that share a band are candidates: 12 bands find 95 % of the pairs at 0.6 and 99.9 % at 0.8.
 */

/** From this resemblance on, two documents are near-duplicates: a story cut by a quarter still is one. */
export const nearDuplicateResemblance = 0.6;

const shingleWords = 4;
const placesInBand = 3;
const bandCount = 12;
const places = placesInBand * bandCount;

/** Three standard deviations of what 36 places estimate. */
const estimateMargin = 0.25;

/** 32-bit hashes of a text's shingles, in the order of the text, repeats included; empty when it has no word. */
export function shinglesOf(text: string): Int32Array {
  const words = wordHashes(text);
  if (words.length === 0) return words;
  const count = Math.max(1, words.length - shingleWords + 1);
  const shingles = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    let hash = 0;
    for (let j = i; j < i + shingleWords && j < words.length; j++) hash = scatter(Math.imul(hash, 31) + words[j]!);
    shingles[i] = hash;
  }
  return shingles;
}

/** The signature of a text by its shingles: 36 numbers, or none for a text without words. */
export function signatureOf(shingles: Int32Array): Int32Array {
  if (shingles.length === 0) return new Int32Array(0);
  const signature = new Int32Array(places);
  for (let place = 0; place < places; place++) {
    const factor = scatter(place + 1) | 1;
    const offset = scatter(~place);
    let least = 0x7fffffff;
    for (let i = 0; i < shingles.length; i++) {
      const rank = (Math.imul(shingles[i]!, factor) + offset) | 0;
      if (rank < least) least = rank;
    }
    signature[place] = least;
  }
  return signature;
}

/** The bands of a signature, as 48-bit numbers; documents that share one are candidates. */
export function bandsOf(signature: Int32Array): number[] {
  const bands: number[] = [];
  for (let band = 0; (band + 1) * placesInBand <= signature.length; band++) {
    let low = scatter(band);
    let high = scatter(~band);
    for (let i = band * placesInBand; i < (band + 1) * placesInBand; i++) {
      low = scatter(low ^ signature[i]!);
      high = scatter(Math.imul(high, 31) + signature[i]!);
    }
    bands.push((high & 0xffff) * 2 ** 32 + (low >>> 0));
  }
  return bands;
}

/** False when two signatures differ so much that comparing the texts is not worth it. */
export function mayBeNearDuplicates(a: Int32Array, b: Int32Array): boolean {
  let same = 0;
  for (let i = 0; i < places; i++) if (a[i] === b[i]) same++;
  return same / places >= nearDuplicateResemblance - estimateMargin;
}

/** The sorted set of a text's shingles, for `resemblance`. */
export function shingleSetOf(text: string): Int32Array {
  const sorted = shinglesOf(text).sort();
  let size = 0;
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) sorted[size++] = sorted[i]!;
  return sorted.subarray(0, size);
}

/** What two sets have in common over what they have together, from 0 to 1; two empty sets have nothing in common. */
export function resemblance(a: Int32Array, b: Int32Array): number {
  let common = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const left = a[i]!;
    const right = b[j]!;
    if (left === right) common++;
    if (left <= right) i++;
    if (right <= left) j++;
  }
  const together = a.length + b.length - common;
  return together === 0 ? 0 : common / together;
}

/** Words are runs of letters and digits, lower case; where a script does not space its words, each unit is one. */
function wordHashes(text: string): Int32Array {
  const folded = text.normalize("NFC").toLowerCase();
  let hashes = new Int32Array(Math.ceil(folded.length / 4) + 8);
  let count = 0;
  let hash = 0;
  let open = false;
  const close = () => {
    if (!open) return;
    if (count === hashes.length) hashes = grown(hashes);
    hashes[count++] = scatter(hash);
    hash = 0;
    open = false;
  };
  for (let i = 0; i < folded.length; i++) {
    const unit = folded.charCodeAt(i);
    if (!isWordUnit(unit)) {
      close();
      continue;
    }
    if (isUnspaced(unit)) close();
    hash = (Math.imul(hash, 31) + unit) | 0;
    open = true;
    if (isUnspaced(unit)) close();
  }
  close();
  return hashes.subarray(0, count);
}

function grown(array: Int32Array): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(array.length * 2);
  longer.set(array);
  return longer;
}

/** Letters and digits of ASCII; beyond it everything but the blocks of punctuation and spaces. */
function isWordUnit(unit: number): boolean {
  if (unit < 0x80) return (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x30 && unit <= 0x39);
  if (unit <= 0xbf) return false;
  return !((unit >= 0x2000 && unit <= 0x206f) || (unit >= 0x3000 && unit <= 0x303f) || unit === 0xfeff);
}

/** Han, kana and their neighbours. */
function isUnspaced(unit: number): boolean {
  return unit >= 0x2e80 && unit <= 0xa4cf;
}

/** The finaliser of MurmurHash3, 32 bits (Appleby, public domain): every bit of the input moves every bit of the output. */
function scatter(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
