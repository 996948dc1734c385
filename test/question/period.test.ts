import { describe, expect, it } from "vitest";
import { readPeriod as read } from "../../src/question/period.ts";

const always = { from: "0000-01-01", to: "9999-12-31" };

const readPeriod = (text: string) => read(text)?.period ?? null;

describe("a period of publication", () => {
  it.each([
    ["articles published in 2023", "2023-01-01", "2023-12-31"],
    ["What was reported in February 2024 on fish?", "2024-02-01", "2024-02-29"],
    ["stories printed on 3 May 2024", "2024-05-03", "2024-05-03"],
    ["reports published on May 3, 2024", "2024-05-03", "2024-05-03"],
    ["coverage from 2019 to 2020", "2019-01-01", "2020-12-31"],
    ["stories between March 2019 and May 2021", "2019-03-01", "2021-05-31"],
    ["articles on fish since 2024-03-15", "2024-03-15", "9999-12-31"],
    ["coverage until 2020", "0000-01-01", "2020-12-31"],
  ])("is read out of “%s”", (text, from, to) => {
    expect(readPeriod(text)).toEqual({ from, to });
  });

  it("leaves out the day, month or year that it comes before or after", () => {
    expect(readPeriod("coverage before 2020")).toEqual({ from: always.from, to: "2019-12-31" });
    expect(readPeriod("coverage before 1 March 2024")).toEqual({ from: always.from, to: "2024-02-29" });
    expect(readPeriod("published after February 2024")).toEqual({ from: "2024-03-01", to: always.to });
    expect(readPeriod("published after 2024-12-31")).toEqual({ from: "2025-01-01", to: always.to });
  });

  it("is told with the words that name it", () => {
    const text = "What closed in articles published since May 2024, and why?";
    const { start, end } = read(text)!;
    expect(text.slice(start, end)).toBe("articles published since May 2024");
  });

  it("is none where the date belongs to the matter, or there is none", () => {
    expect(readPeriod("What happened in 2019?")).toBeNull();
    expect(readPeriod("What did the report say about May 2019?")).toBeNull();
    expect(readPeriod("published in April")).toBeNull();
  });

  it("survives dates that no calendar has", () => {
    for (const date of ["2024-99-99", "0000-00-00", "40 May 2024", "9999-12-31", "0000-01-01"])
      for (const word of ["after", "before", "on", "between", "since"])
        expect(readPeriod(`published ${word} ${date}`)).toMatchObject({ from: expect.any(String) });
  });
});
