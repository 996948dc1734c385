/** What pages give to programs: the same content as JSON, with the names that the command line’s JSON has. */

import { differences } from "./differences.ts";
import type { DocumentView } from "./document-page.ts";
import type { Compared } from "./revisions.ts";

/** A revision whole, whichever part of it the page shows; `cited` as a citation has it. */
export function documentData({ document, revisions, cited }: DocumentView): unknown {
  const { meta, hash: _hash, ...rest } = document;
  return {
    ...rest,
    ...meta,
    cited: cited === null ? null : { quote: document.text.slice(cited.start, cited.end), ...cited },
    revisions: revisions.map(({ collection: _collection, ...revision }) => revision),
  };
}

/** What changed: `same` and `gone` joined are the earlier text, `same` and `come` the later one. */
export function comparisonData({ before, after }: Compared): unknown {
  return {
    id: after.id,
    from: before.revision,
    to: after.revision,
    changes: differences(before.text, after.text),
  };
}
