/**
 * Writes db/holidays.json from the npm package chinese-days (a development dependency, so that the
 * product carries data and no code of it). Run it when a new version has the next year:
 * `node db/make-holidays.cjs`.
 */
const { writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { version, license } = require('chinese-days/package.json');
const { holidays, workdays } = require('chinese-days/dist/chinese-days.json');

/** `{"2026-01-01": "New Year's Day,元旦,1"}` as `{"元旦": ["2026-01-01"]}`, days in order. */
function byName(days) {
  const named = {};
  for (const date of Object.keys(days).sort()) {
    const [, name] = days[date].split(',');
    (named[name] ??= []).push(date);
  }
  return named;
}

const years = Object.keys(holidays).map((date) => date.slice(0, 4));
const content = {
  _source: {
    package: `chinese-days ${version}`,
    url: 'https://github.com/vsme/chinese-days',
    licence: `${license}, Copyright (c) 2024 Yawei sun`,
    after: 'the yearly notices of the State Council on the arrangement of holidays',
    years: `${years.reduce((a, b) => (a < b ? a : b))} to ${years.reduce((a, b) => (a > b ? a : b))}`,
  },
  holiday: byName(holidays),
  makeUpWorkday: byName(workdays),
};
writeFileSync(join(__dirname, 'holidays.json'), `${JSON.stringify(content)}\n`);
