/** The invented news that the demonstration's feeds carry: who reports what, and how many hours before the digest. */

export interface DemoItem {
  readonly hoursAgo: number;
  readonly title: string;
  readonly text: string;
}

export interface DemoFeed {
  readonly outlet: string;
  readonly kind: "rss" | "atom" | "json";
  /** What the feed holds when it is added: there already, so no news. */
  readonly before: readonly DemoItem[];
  readonly items: readonly DemoItem[];
}

const wireFire =
  "At least 17 people were injured when a fertiliser store exploded in the port of Elmouth on Tuesday night, the fire service said. " +
  "Windows broke up to two kilometres away. The harbour is closed to shipping until further notice.";
const wireTalks =
  "Arvania and Tolmark agreed on Wednesday to reopen two border crossings that have been shut since March, the mediator, Bishop Oskar Lind, " +
  "announced in Serra. Lorries may pass from 1 December, travellers from the new year.";

export const demoFeeds: readonly DemoFeed[] = [
  {
    outlet: "Coastal Agency",
    kind: "rss",
    before: [
      {
        hoursAgo: 40,
        title: "Elmouth council debates parking fees",
        text: "The council of Elmouth debated parking fees for four hours.",
      },
    ],
    items: [
      { hoursAgo: 9, title: "Explosion in port of Elmouth injures at least 17", text: wireFire },
      { hoursAgo: 4, title: "Arvania and Tolmark to reopen two border crossings", text: wireTalks },
      {
        hoursAgo: 2,
        title: "Fewer herring, higher prices: fishing quotas cut again",
        text: "Fisheries ministers cut the herring quota for the Skerry Sea by a fifth on Wednesday. Skippers said that prices would rise before Christmas.",
      },
    ],
  },
  {
    outlet: "Elmouth Gazette",
    kind: "atom",
    before: [],
    items: [
      {
        hoursAgo: 8,
        title: "Fertiliser blast shakes Elmouth harbour",
        text:
          "A fertiliser store blew up in Elmouth harbour late on Tuesday, injuring 22 people, three of them badly, the hospital said. " +
          "“It lifted me off my chair,” said harbour pilot Maren Holt, who lives half a mile away.",
      },
      {
        hoursAgo: 3,
        title: "Store that exploded in Elmouth had no permit for ammonium nitrate",
        text:
          "The store that exploded in Elmouth harbour held 300 tonnes of ammonium nitrate without a permit, according to papers of the port authority. " +
          "The port authority “regrets that the inspection due in June did not take place”.",
      },
      {
        hoursAgo: 5,
        title: "Elmouth schools closed after harbour blast",
        text: "Five schools near Elmouth harbour stay closed on Thursday because of broken windows, the education office said.",
      },
    ],
  },
  {
    outlet: "The Morning Post of Arvania",
    kind: "json",
    before: [],
    items: [
      {
        hoursAgo: 8.5,
        title: "17 injured in explosion in port of Elmouth",
        text: wireFire
          .replace("on Tuesday night", "Tuesday night")
          .replace("up to two kilometres", "as far as two kilometres"),
      },
      {
        hoursAgo: 3.5,
        title: "Border with Tolmark opens on 1 December",
        text:
          "The crossings at Hagen and Brück will open for lorries on 1 December, Arvania's foreign minister Lea Sommer said after signing an agreement with Tolmark in Serra. " +
          "“We have talked for nine months about two gates,” she said.",
      },
      {
        hoursAgo: 6,
        title: "Doctors' strike in Arvania enters second week",
        text: "Hospital doctors in Arvania began a second week of strikes on Wednesday. The health ministry offered five per cent, the union wants nine.",
      },
    ],
  },
  {
    outlet: "Tolmark Radio",
    kind: "rss",
    before: [],
    items: [
      {
        hoursAgo: 3.8,
        title: "Two border crossings to reopen",
        text: wireTalks.replace("on Wednesday ", "Wednesday "),
      },
      {
        hoursAgo: 2.5,
        title: "Farmers in Tolmark welcome open border with Arvania",
        text:
          "Farmers in the east of Tolmark welcomed the agreement to reopen the crossings at Hagen and Brück to Arvania. " +
          "For some of them the way to their fields is forty kilometres longer since March.",
      },
      {
        hoursAgo: 7,
        title: "Arvania's hospital doctors extend strike",
        text: "The strike of hospital doctors in Arvania goes on for another week after talks with the health ministry failed, their union said.",
      },
    ],
  },
  {
    outlet: "The Ledger",
    kind: "atom",
    before: [],
    items: [
      {
        hoursAgo: 1.5,
        title: "Insurers expect 80 million in damage from Elmouth explosion",
        text: "The explosion of a fertiliser store in the port of Elmouth will cost insurers about 80 million crowns, brokers estimated on Wednesday. Nineteen ships wait outside the harbour.",
      },
      {
        hoursAgo: 1,
        title: "Herring quota: ministers agree on cut of 20 per cent",
        text: "The herring catch in the Skerry Sea must fall by 20 per cent next year, fisheries ministers decided on Wednesday after a night of talks.",
      },
      {
        hoursAgo: 10,
        title: "Chess: fourteen-year-old beats champion",
        text: "Fourteen-year-old Ada Brenner beat the national chess champion in 31 moves at a tournament in Serra.",
      },
    ],
  },
];
