const PER_PAGE = 50;

function grouped(items, keys) {
  const found = {};
  for (const item of items) for (const key of keys(item)) (found[key] ??= []).push(item);
  return found;
}

function newest(items) {
  return [...items].sort((a, b) => (a.data.first < b.data.first ? 1 : a.data.first > b.data.first ? -1 : 0));
}

function paged(kind, groups) {
  return Object.entries(groups).flatMap(([name, items]) => {
    const sorted = newest(items);
    const pages = Math.ceil(sorted.length / PER_PAGE);
    return Array.from({ length: pages }, (_, n) => ({
      address: `/${kind}/${name}/` + (n ? `page/${n + 1}/` : ""),
      root: `/${kind}/${name}/`,
      name,
      number: n + 1,
      pages,
      items: sorted.slice(n * PER_PAGE, (n + 1) * PER_PAGE),
    }));
  });
}

export default function (eleventy) {
  eleventy.setQuietMode(true);
  eleventy.addCollection("ofDossier", (api) => {
    const found = grouped(api.getFilteredByTag("events"), (item) => [item.data.dossier]);
    for (const events of Object.values(found)) events.sort((a, b) => (a.data.stem < b.data.stem ? -1 : 1));
    return found;
  });
  eleventy.addCollection("ofPlatform", (api) => {
    const found = grouped(api.getFilteredByTag("dossiers"), (item) => [item.data.code]);
    for (const code of Object.keys(found)) found[code] = newest(found[code]);
    return found;
  });
  eleventy.addCollection("othersOf", (api) => grouped(api.getFilteredByTag("others"), (item) => [item.data.code]));
  eleventy.addCollection("ownPages", (api) =>
    [...api.getFilteredByTag("events"), ...api.getFilteredByTag("others")].filter((item) => item.data.own),
  );
  eleventy.addCollection("latest", (api) =>
    [...api.getFilteredByTag("dossiers")].sort((a, b) => (a.data.last < b.data.last ? 1 : -1)).slice(0, 50),
  );
  eleventy.addCollection("listPages", (api) => {
    const dossiers = api.getFilteredByTag("dossiers");
    const kinds = grouped(api.getFilteredByTag("events").filter((item) => item.data.own), (item) => [item.data.label]);
    return [
      ...paged("themes", grouped(dossiers, (item) => item.data.themes)),
      ...paged("years", grouped(dossiers, (item) => [item.data.year])),
      ...paged("kinds", kinds),
    ];
  });
  eleventy.addFilter("of", (items, form) => (items ?? []).filter((item) => item.data.form === form));
  eleventy.addFilter("shown", function shown(value, field) {
    if (Array.isArray(value)) return value.map((part) => shown(part, field)).join("、") || "无";
    if (value !== null && typeof value === "object")
      return field.parts.filter((part) => part.key in value).map((part) => shown(value[part.key], part)).join(" ");
    return field.words[value] ?? String(value);
  });
  eleventy.addFilter("isList", (value) => Array.isArray(value));
  eleventy.addFilter("isMapping", (value) => value !== null && typeof value === "object" && !Array.isArray(value));
  eleventy.addFilter("asked", (events, measure) => {
    let found;
    for (const event of events ?? [])
      if (event.data.form === "followup")
        for (const state of event.data.record.measures ?? []) if (state.id === measure) found = { state, event };
    return found;
  });
  eleventy.addFilter("answered", (events, id) => {
    for (const event of events ?? [])
      if (event.data.form === "response")
        for (const answer of event.data.record.answers ?? []) if (answer.to === id) return { answer, event };
    return undefined;
  });
  eleventy.addFilter("rate", (b) =>
    (((b.satisfied + b.basically_satisfied) / (b.returned - b.invalid)) * 100).toFixed(1),
  );
  eleventy.addFilter("dossierData", (item, events) => ({
    code: item.data.code,
    title: item.data.title,
    themes: item.data.themes,
    day: item.data.first,
    last: item.data.last,
    topic: item.data.record,
    body: item.rawInput,
    events: (events ?? []).map((event) => ({
      kind: event.data.form,
      day: event.data.day,
      record: event.data.record,
      body: event.rawInput,
    })),
  }));
  eleventy.addFilter("platformData", (item, dossiers) => ({
    code: item.data.code,
    area: item.data.title,
    level: item.data.level,
    chain: item.data.chain,
    record: item.data.record,
    dossiers: (dossiers ?? []).map((d) => ({ address: d.url, title: d.data.title, themes: d.data.themes, day: d.data.first })),
  }));
  return { markdownTemplateEngine: false, htmlTemplateEngine: "njk" };
}
