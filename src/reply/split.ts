/** Splits a part of a reply into messages within a platform's limits: nothing is lost, no claim parts from its citations. */
import { NewsroomError } from "../errors.ts";
import { cutContent, marksOf, withMarks } from "./cut.ts";
import type { Block, Inline, ReplyPart, Source } from "./reply.ts";

/** Whether a message made of this part is within the platform's limits. Asked often: it renders and measures, nothing else. */
export type Fits = (part: ReplyPart) => boolean;

/** A block, or one item of a list: what moves to the next message as a whole where it can. */
interface Unit {
  readonly kind: Block["kind"];
  readonly content: readonly Inline[];
  /** The block it comes from; items of one list share it. */
  readonly origin: number;
  /** Marks of the line above that a passage belongs to, and which block that is: added when the two part. */
  readonly inherited: { readonly marks: readonly number[]; readonly origin: number } | null;
  /** Announces what follows, so it should not end a message. */
  readonly announces: boolean;
}

function unitsOf(blocks: readonly Block[]): readonly Unit[] {
  return blocks.flatMap((block, origin): Unit[] => {
    const next = blocks[origin + 1]?.kind;
    const announces = block.kind === "heading" || (block.kind === "paragraph" && (next === "quote" || next === "list"));
    if (block.kind === "list") {
      return block.items.map((content) => ({ kind: "list", content, origin, inherited: null, announces: false }));
    }
    const above = block.kind === "quote" ? blocks[origin - 1] : undefined;
    const marks = above && above.kind !== "list" ? marksOf(above.content) : [];
    const inherited = marks.length > 0 ? { marks, origin: origin - 1 } : null;
    return [{ kind: block.kind, content: block.content, origin, inherited, announces }];
  });
}

/** What a unit must carry when it stands in a message together with `origins`. */
function marksFor(unit: Unit, origins: ReadonlySet<number>): readonly number[] {
  const { inherited } = unit;
  return inherited && !origins.has(inherited.origin) ? inherited.marks : [];
}

function blocksOf(units: readonly Unit[]): readonly Block[] {
  const origins = new Set(units.map((unit) => unit.origin));
  const blocks: { block: Block; origin: number }[] = [];
  for (const unit of units) {
    const content = withMarks(unit.content, marksFor(unit, origins));
    const last = blocks.at(-1);
    if (unit.kind !== "list") blocks.push({ block: { kind: unit.kind, content }, origin: unit.origin });
    else if (last?.block.kind === "list" && last.origin === unit.origin)
      last.block = { kind: "list", items: [...last.block.items, content] };
    else blocks.push({ block: { kind: "list", items: [content] }, origin: unit.origin });
  }
  return blocks.map(({ block }) => block);
}

function cited(blocks: readonly Block[]): ReadonlySet<number> {
  const contents = blocks.flatMap((block) => (block.kind === "list" ? block.items : [block.content]));
  return new Set(contents.flatMap(marksOf));
}

/** A message of these units with the sources that they cite. */
function messageOf(units: readonly Unit[], sources: readonly Source[]): ReplyPart {
  const blocks = blocksOf(units);
  const numbers = cited(blocks);
  return { blocks, sources: sources.filter((source) => numbers.has(source.n)), actions: [] };
}

/** Sources that have no room beside their text, as messages of their own. */
function sourceMessages(sources: readonly Source[], fits: Fits): readonly ReplyPart[] {
  const messages: ReplyPart[] = [];
  for (const source of sources) {
    const last = messages.at(-1);
    const longer = { blocks: [], sources: [...(last?.sources ?? []), source], actions: [] };
    if (last && fits(longer)) messages[messages.length - 1] = longer;
    else messages.push({ blocks: [], sources: [source], actions: [] });
  }
  return messages;
}

/** Cuts a unit that is too long for a message of its own; the first piece stands under `above`. */
function cutUnit(unit: Unit, above: readonly Unit[], sources: readonly Source[], fits: Fits) {
  const marks = [...new Set([...marksOf(unit.content), ...(unit.inherited?.marks ?? [])])];
  const pieceOf = (content: readonly Inline[]): Unit => ({ ...unit, content, announces: false });
  const cut = cutContent(unit.content, marks, (piece) => fits(messageOf([...above, pieceOf(piece)], sources)));
  return cut && { piece: pieceOf(cut.piece), rest: cut.rest.length === 0 ? null : pieceOf(withMarks(cut.rest, marks)) };
}

/** Fills messages one after the other. */
class Packer {
  readonly messages: ReplyPart[] = [];
  private units: readonly Unit[] = [];
  private readonly sources: readonly Source[];
  private readonly fits: Fits;

  constructor(sources: readonly Source[], fits: Fits) {
    this.sources = sources;
    this.fits = fits;
  }

  add(unit: Unit): void {
    if (this.fits(messageOf([...this.units, unit], this.sources))) {
      this.units = [...this.units, unit];
      return;
    }
    // What stands under a heading stays with it where it can, else what is announced with what announces it.
    const heading = this.units.findLastIndex((held, i) => held.kind === "heading" && !this.units[i - 1]?.announces);
    const announced = this.units.findLastIndex((held) => !held.announces) + 1;
    const parts = (at: number): boolean =>
      at > 0 && this.fits(messageOf([...this.units.slice(at), unit], this.sources));
    const split = unit.kind !== "heading" && parts(heading) ? heading : announced;
    if (parts(split)) {
      const moved = this.units.slice(split);
      this.units = this.units.slice(0, split);
      this.close();
      this.units = [...moved, unit];
    } else if (this.fits(messageOf([unit], this.sources))) {
      this.close();
      this.units = [unit];
    } else this.addPieces(unit);
  }

  private addPieces(unit: Unit): void {
    const onlyAnnounced = this.units.every((held) => held.announces);
    const under = onlyAnnounced ? cutUnit(unit, this.units, this.sources, this.fits) : null;
    if (!under) this.close();
    const cut = under ?? cutUnit(unit, [], this.sources, this.fits);
    if (!cut) {
      this.addWithoutSources(unit);
      return;
    }
    this.units = [...this.units, cut.piece];
    if (!cut.rest) return;
    this.close();
    this.add(cut.rest);
  }

  /** The sources of one paragraph alone are too much: its pieces keep their marks, and the sources follow. */
  private addWithoutSources(unit: Unit): void {
    for (let rest: Unit | null = unit; rest; ) {
      const cut = cutUnit(rest, [], [], this.fits);
      if (!cut) {
        throw new NewsroomError("platform", "A message of this platform is too short for a claim with its citations.");
      }
      this.messages.push(messageOf([cut.piece], []));
      rest = cut.rest;
    }
    const numbers = new Set([...marksOf(unit.content), ...(unit.inherited?.marks ?? [])]);
    this.messages.push(
      ...sourceMessages(
        this.sources.filter((source) => numbers.has(source.n)),
        this.fits,
      ),
    );
  }

  close(): void {
    if (this.units.length > 0) this.messages.push(messageOf(this.units, this.sources));
    this.units = [];
  }
}

/** Adds what belongs at the end, to the last message where it has room. */
function finish(messages: readonly ReplyPart[], part: ReplyPart, fits: Fits): readonly ReplyPart[] {
  const shown = new Set(messages.flatMap((message) => message.sources.map((source) => source.n)));
  const uncited = part.sources.filter((source) => !shown.has(source.n));
  const last = messages.at(-1);
  const whole = last && { ...last, sources: [...last.sources, ...uncited], actions: part.actions };
  if (whole && fits(whole)) return [...messages.slice(0, -1), whole];
  const tail = sourceMessages(uncited, fits);
  const end = tail.at(-1) ?? { blocks: [], sources: [], actions: [] };
  const acting = { ...end, actions: part.actions };
  if (part.actions.length === 0) return [...messages, ...tail];
  return fits(acting) && tail.length > 0
    ? [...messages, ...tail.slice(0, -1), acting]
    : [...messages, ...tail, { blocks: [], sources: [], actions: part.actions }];
}

/**
 * `part` as messages that all satisfy `fits`, in order; `[part]` when it fits as it is. Never truncates: an over-long
 * paragraph is cut at the end of a sentence, a word or a grapheme. Every message has the sources that it cites, and every
 * piece of a claim all its marks; a passage cut from the line that names it gets that line's marks. Actions stand in the
 * last message. Where one paragraph's sources alone are too much they follow in messages without blocks. Throws
 * `platform` when not even one character with its marks fits.
 */
export function splitPart(part: ReplyPart, fits: Fits): readonly ReplyPart[] {
  if (fits(part)) return [part];
  const packer = new Packer(part.sources, fits);
  for (const unit of unitsOf(part.blocks)) packer.add(unit);
  packer.close();
  return finish(packer.messages, part, fits);
}
