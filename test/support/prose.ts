/** Random texts for property tests: sentences of many scripts with everything that makes offsets go wrong. */
import fc from "fast-check";

const pieces = [
  "The harbour board met on Monday. ",
  "It voted 3.5 to 1, said Dr. J. R. Olsen of the U.S. ",
  "“We urge vigilance,” the memo says. ",
  "One of the points reads: “Stop “all” boats.” ",
  "“It runs on.\n\n“And on.” ",
  '"Straight," she said. ',
  "« Bien », dit-il. ",
  "Na\u0308ive cafe\u0301s. ",
  "👩🏽‍🚀 flew home. ",
  "🇸🇪🇳🇴 ",
  "هذا خبر عن الميناء. ",
  "זה משפט על הנמל. ",
  "港は月曜日に閉まった。",
  "\u200fright\u200e left\u200b. ",
  "- a list item\n",
  "1. A numbered one\n",
  "A heading\n\n",
  "\r\n",
  "\n",
  "\u2028",
  "\t\u00a0",
  "e.g. ",
  "No! ",
  "Why?! ",
  "… ",
  "“",
  "”",
  '"',
  "``",
  "''",
];

/** News-like text with broken quotations, combining characters, right-to-left runs and every kind of line break. */
export const newsProse: fc.Arbitrary<string> = fc
  .array(
    fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...pieces) }, fc.string({ unit: "grapheme", maxLength: 10 })),
    {
      maxLength: 40,
    },
  )
  .map((list) => list.join(""));
