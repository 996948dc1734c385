/** Two invented reports about one memo, for asking questions of every kind. */
import { sourceDocument } from "./documents.ts";

const gazette = `The harbour ministry sent a memo to all port captains on 3 March, the Gazette has learned.

The memo lists 12 points. One of the points reads: “We urge vigilance at every gate.” Another says: “Guards must be polite to sailors.”

Minister Ada Brandt said on Tuesday that the gates are too narrow. “Dredging will cost 14 million euros,” she told reporters in Oslo.

President Olaf Lund called the sailors brave. He praised their songs.

Captains were instructed to close the fish market by noon because rats had been seen.

The ferry Aurora is 47 years old and sails twice a day. It is 3 miles from the harbour to the lighthouse.`;

const courier = `All captains received the memo of the ministry this week.

The Trump administration said that tariffs on herring will fall. Trump said that fishermen are heroes.

Pia Holm, a professor of hydrology at Tufts, told the Courier that dredging is useless because the silt returns every spring.

A separate memo deals with lighthouses. It says that lamps must be dimmed at night.

The strike may last. It began in May and the pilots returned to work on Monday.`;

export const harbourReports = [
  sourceDocument("gazette.txt", gazette, {
    title: "Ports told to watch their gates",
    outlet: "Gazette",
    published: "2026-03-05",
  }),
  sourceDocument("courier.txt", courier, {
    title: "Memo to captains",
    outlet: "Northern Harbour Courier",
    published: "2026-03-06",
  }),
];
