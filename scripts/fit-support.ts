/**
 * Fits the weights of src/answer/support-model.ts: logistic regression (ridge, Newton's method) of "one of the first three
 * sentences answers" on the features of the best evidence. Large corpora are fitted on a public question set given by path,
 * small ones on the invented clusters and the
 * starter questions of test/fixtures. Prints the module's constants and what they keep in five-fold
 * cross-validation. The questions that judge the result (test/eval) are not read.
 *
 * usage: node scripts/fit-support.ts PUBLIC_SET.json
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gather } from "../src/answer/answerer.ts";
import { type Features, featuresOf } from "../src/answer/features.ts";
import { featureNames } from "../src/answer/support-model.ts";
import { readDocuments } from "../src/corpus/read/read-documents.ts";
import { starterFolder } from "../src/corpus/starter.ts";
import { foldForMatching, parseEvaluationSet, readSet } from "../src/evaluation.ts";
import { openThrowaway } from "../src/open-newsroom.ts";
import { readQuestion } from "../src/question/read.ts";
import { systemRuntime } from "../src/runtime.ts";

interface Row {
  readonly question: string;
  readonly features: readonly Features[];
  readonly answerable: boolean;
  readonly right: boolean;
}

const ridge = 3e-3;
const folds = 5;

/** The questions of a file, asked of its own documents, or of the starter corpus when it brings none. */
async function measure(path: string): Promise<Row[]> {
  const set = parseEvaluationSet(readFileSync(path, "utf8"), path);
  const starter = () => readDocuments([starterFolder], { collection: "main", root: starterFolder });
  const documents = set.documents.length > 0 ? readSet(set) : starter();
  const opened = await openThrowaway(documents, { runtime: systemRuntime, publicUrl: null });
  const rows: Row[] = [];
  for (const { q, answers, answerable } of set.questions) {
    const { question, requirements, evidence, ground } = await gather(
      { search: opened.search, document: (id, revision) => opened.store.document(id, revision) },
      readQuestion(q, null),
      { collections: ["main"], outlet: null },
    );
    const first = evidence.slice(0, 3);
    const texts = first.map(({ passage, sentence }) =>
      foldForMatching(passage.document.text.slice(sentence.start, sentence.end)),
    );
    rows.push({
      question: q,
      features: first.map((one) => featuresOf(question, requirements, one, ground)),
      answerable,
      right: answerable && answers.some((key) => texts.some((text) => text.includes(foldForMatching(key)))),
    });
  }
  await opened.close();
  return rows;
}

const vector = (features: Features): number[] => [...featureNames.map((name) => features[name]), 1];

/** Solves `matrix · x = right` by Gaussian elimination with pivoting. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, index) => [...row, right[index]!]);
  for (let column = 0; column < rows.length; column++) {
    let pivot = column;
    for (let row = column + 1; row < rows.length; row++)
      if (Math.abs(rows[row]![column]!) > Math.abs(rows[pivot]![column]!)) pivot = row;
    [rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!];
    for (let row = column + 1; row < rows.length; row++) {
      const factor = rows[row]![column]! / rows[column]![column]!;
      for (let at = column; at <= rows.length; at++) rows[row]![at]! -= factor * rows[column]![at]!;
    }
  }
  const result = new Array<number>(rows.length).fill(0);
  for (let row = rows.length - 1; row >= 0; row--) {
    let sum = rows[row]![rows.length]!;
    for (let column = row + 1; column < rows.length; column++) sum -= rows[row]![column]! * result[column]!;
    result[row] = sum / rows[row]![row]!;
  }
  return result;
}

function fitWeights(rows: readonly Row[]): number[] {
  const data = rows
    .filter((row) => row.features.length > 0)
    .map((row) => ({ x: vector(row.features[0]!), y: row.right ? 1 : 0 }));
  const size = featureNames.length + 1;
  let weights = new Array<number>(size).fill(0);
  for (let step = 0; step < 50; step++) {
    const gradient = weights.map((weight, index) => (index < size - 1 ? ridge * data.length * weight : 0));
    const hessian = weights.map((_, row) =>
      weights.map((_, column) => (row === column ? (row < size - 1 ? ridge * data.length : 0) + 1e-6 : 0)),
    );
    for (const { x, y } of data) {
      const p = 1 / (1 + Math.exp(-x.reduce((sum, value, index) => sum + value * weights[index]!, 0)));
      for (let row = 0; row < size; row++) {
        gradient[row]! += (p - y) * x[row]!;
        for (let column = 0; column < size; column++) hessian[row]![column]! += p * (1 - p) * x[row]! * x[column]!;
      }
    }
    const change = solve(hessian, gradient);
    weights = weights.map((weight, index) => weight - change[index]!);
    if (Math.max(...change.map(Math.abs)) < 1e-8) break;
  }
  return weights;
}

function strength(row: Row, weights: readonly number[]): number {
  return Math.max(
    -99,
    ...row.features.map((features) => vector(features).reduce((sum, value, index) => sum + value * weights[index]!, 0)),
  );
}

/** Right answers kept and the threshold, when `allowed` of the unanswerable are answered. */
function operate(
  scored: readonly { readonly row: Row; readonly strength: number }[],
  allowed: number,
): { right: number; threshold: number } {
  const unanswerable = scored
    .filter(({ row }) => !row.answerable)
    .map((one) => one.strength)
    .toSorted((a, b) => b - a);
  const threshold = unanswerable[Math.floor(allowed * unanswerable.length)] ?? 0;
  const answerable = scored.filter(({ row }) => row.answerable);
  return {
    right: answerable.filter((one) => one.row.right && one.strength > threshold).length / answerable.length,
    threshold,
  };
}

function report(name: string, rows: readonly Row[]): void {
  const scored = Array.from({ length: folds }, (_, fold) => {
    const weights = fitWeights(rows.filter((_, index) => index % folds !== fold));
    return rows.filter((_, index) => index % folds === fold).map((row) => ({ row, strength: strength(row, weights) }));
  }).flat();
  const ceiling = rows.filter((row) => row.right).length / rows.filter((row) => row.answerable).length;
  console.log(
    `// ${name}: ${rows.length} questions; right among the first three sentences, never declining: ${(100 * ceiling).toFixed(1)} %`,
  );
  for (const allowed of [0.03, 0.05, 0.07, 0.08, 0.1, 0.15]) {
    const { right, threshold } = operate(scored, allowed);
    console.log(
      `//   ${(100 * allowed).toFixed(0)} % false answers: ${(100 * right).toFixed(1)} % right, threshold ${threshold.toFixed(2)}`,
    );
  }
  const weights = fitWeights(rows);
  console.log(`const ${name}: Model = {`);
  for (const [index, feature] of featureNames.entries()) console.log(`  ${feature}: ${weights[index]!.toFixed(3)},`);
  console.log(`  bias: ${weights.at(-1)!.toFixed(3)},`);
  console.log(`};`);
}

const [publicSet] = process.argv.slice(2);
const fixtures = join(import.meta.dirname, "../test/fixtures");
const clusters = readdirSync(join(fixtures, "clusters"))
  .filter((name) => name.endsWith(".json"))
  .toSorted();
const files = [...clusters.map((name) => join(fixtures, "clusters", name)), join(fixtures, "starter-questions.json")];
report("small", (await Promise.all(files.map(measure))).flat());
if (publicSet) report("large", await measure(publicSet));
