/** Reads the words of a text with their stems; a word's form is made once for each language and shared. */
import { baseForm, rootOf } from "../text/related-words.ts";
import { words } from "../text/tokens.ts";
import type { SentenceWord, WordForm } from "./sentence.ts";

type Stem = (word: string) => string;

/** Forms remembered for each stemmer before they are made anew. */
const capacity = 50_000;
const remembered = new WeakMap<Stem, Map<string, WordForm>>();

function formOf(text: string, accented: string, stem: Stem): WordForm {
  let forms = remembered.get(stem);
  if (!forms || forms.size >= capacity) {
    forms = new Map();
    remembered.set(stem, forms);
  }
  const known = forms.get(accented);
  if (known) return known;
  const own = stem(accented);
  const base = baseForm(text);
  const stemmed = base === text ? own : stem(base);
  const form = { text, stem: own, base: stemmed, root: rootOf(stemmed) };
  forms.set(accented, form);
  return form;
}

/**
 * The words of `text`, offsets moved by `shift`. `quoted` tells whether the word at an offset of `text` stands inside
 * quotation marks.
 */
export function readWords(
  text: string,
  stem: Stem,
  shift = 0,
  quoted: (at: number) => boolean = () => false,
): SentenceWord[] {
  return words(text).map((word) => {
    const form = formOf(word.text, word.accented, stem);
    return {
      text: word.text,
      accented: word.accented,
      start: shift + word.start,
      end: shift + word.end,
      stem: form.stem,
      base: form.base,
      root: form.root,
      form,
      quoted: quoted(word.start),
      capital: isCapital(text, word.start),
    };
  });
}

function isCapital(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code < 0x80) return code >= 0x41 && code <= 0x5a;
  return /^\p{Lu}/u.test(text.slice(at, at + 2));
}
