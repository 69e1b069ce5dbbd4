-- From the raw tables of raw_tables.py to `total`: what the expression of a data-count is, counted with SQL alone.

CREATE MACRO covers(scope, code) AS
    starts_with(code, CASE WHEN length(scope) = 6 AND ends_with(scope, '00') THEN scope[1:4] ELSE scope END);

-- The platforms that are not closed on the day of the site.
CREATE VIEW open_platform AS
    SELECT * FROM platform WHERE NOT closed_unknown AND (closed IS NULL OR closed > (FROM as_of));

-- Step by step, of each dossier: 步骤 where it has a record, else 略过 where the topic says why not, else 无记录.
CREATE VIEW step_of AS
    SELECT d.id, d.platform, d.year, n.step,
        CASE WHEN EXISTS (FROM event e WHERE e.dossier = d.id AND e.step = n.step) THEN '步骤'
             WHEN EXISTS (FROM skipped s WHERE s.dossier = d.id AND s.step = n.step) THEN '略过'
             ELSE '无记录' END AS how
    FROM dossier d, (VALUES (1), (2), (3), (4), (5)) n(step);

-- The periods in which an event counts: the year of its last possible day, and the month where that is written.
CREATE VIEW period AS
    SELECT dossier, platform, stem, '在=' || year(last) AS filter_text FROM event WHERE last IS NOT NULL
    UNION ALL
    SELECT dossier, platform, stem, '在=' || written[1:7] FROM event
    WHERE regexp_full_match(written, '\d{4}-\d{2}(-\d{2})?');

-- Measures that are done: reported as done after the last followup that reports anything else. The day is the first one
-- that is stated, or else the last day of the first of these followups.
CREATE VIEW finished AS
    WITH broken AS (SELECT dossier, measure, max(n) FILTER (state <> 'done') AS at FROM state GROUP BY ALL),
    done AS (
        SELECT s.dossier, s.measure, arg_min(stated, n) AS stated, arg_min_null(span_last, n) AS told
        FROM state s JOIN broken b ON s.dossier = b.dossier AND s.measure = b.measure
        WHERE s.state = 'done' AND (b.at IS NULL OR s.n > b.at) GROUP BY ALL)
    SELECT l.dossier, d.platform, coalesce(done.stated, done.told) AS day, l.has_due, l.due
    FROM line l JOIN done ON l.dossier = done.dossier AND l.id = done.measure JOIN dossier d ON d.id = l.dossier
    WHERE l.kind = 'measure';

-- Ballots with those that the formula in force counts: the nearest published rule, or else the nearest house rule.
CREATE VIEW rated AS
    WITH chosen AS (
        SELECT b.dossier, b.stem, f.value, row_number() OVER (
            PARTITION BY b.dossier, b.stem
            ORDER BY f.house, length(f.platform) DESC, ends_with(f.platform, '00'), coalesce(f.since, DATE '0001-01-01') DESC
        ) AS place
        FROM ballots b JOIN formula f ON covers(f.platform, b.platform)
        AND (len(f.levels) = 0 OR list_contains(f.levels, CASE length(b.platform)
            WHEN 12 THEN 'village' WHEN 9 THEN 'township' ELSE if(ends_with(b.platform, '00'), 'city', 'county') END))
        AND (b.last IS NULL OR ((f.since IS NULL OR b.last >= f.since) AND (f.until IS NULL OR b.last <= f.until))))
    SELECT b.*, b.satisfied + if(coalesce(c.value, 'satisfied_and_basic') = 'satisfied', 0, b.basically) AS counted
    FROM ballots b LEFT JOIN chosen c ON b.dossier = c.dossier AND b.stem = c.stem AND c.place = 1
    WHERE b.valid > 0;

CREATE VIEW outcome_part AS
    SELECT dossier, stem, '协商成果' AS name FROM outcome
    UNION ALL
    SELECT dossier, stem, CASE decision WHEN 'publish' THEN '公布的成果' WHEN 'withhold' THEN '不公布的成果'
        ELSE '没有登记决定的成果' END FROM outcome;

CREATE VIEW rated_part AS
    UNPIVOT (SELECT dossier, stem, platform, 1 AS 能复算的评议, valid AS 有效票, satisfied AS 满意票, basically AS 基本满意票,
        valid - satisfied - basically AS 其他有效票, counted AS 计入满意率的票 FROM rated)
    ON COLUMNS(* EXCLUDE (dossier, stem, platform)) INTO NAME name VALUE n;

-- (what is counted, where, under which filters, how many)
CREATE TABLE fact AS
    SELECT '平台' AS name, code AS platform, '' AS dossier, '' AS filter_text, 1 AS n FROM open_platform
    UNION ALL SELECT '平台', code, '', '层级=' || level, 1 FROM open_platform
    UNION ALL SELECT '已填报的平台', code, '', '', 1 FROM open_platform WHERE code IN (FROM own)
    UNION ALL SELECT '已填报的平台', code, '', '层级=' || level, 1 FROM open_platform WHERE code IN (FROM own)
    UNION ALL SELECT '登记了成立日期的平台', code, '', '层级=' || level, 1 FROM open_platform WHERE established IS NOT NULL
    UNION ALL SELECT '在期限前成立的平台', code, '', '层级=' || level, 1 FROM open_platform
        WHERE established <= if(level = '村居级', DATE '2019-12-31', DATE '2019-11-30')
    UNION ALL SELECT '社情民意', platform, '', '处理=' || decision, 1 FROM opinion
    UNION ALL SELECT '计划协商', platform, '', '在=' || year, 1 FROM plan_item WHERE NOT dropped
    UNION ALL SELECT '卷宗', platform, id, '', 1 FROM dossier
    UNION ALL SELECT '卷宗', platform, id, '年=' || year, 1 FROM dossier
    UNION ALL SELECT '卷宗', platform, id, '年=' || year || '&' || how || '=' || step, 1 FROM step_of
    UNION ALL SELECT '轮次', platform, id, '', rounds FROM dossier
    UNION ALL SELECT '更正', platform, id, '', corrections FROM dossier
    UNION ALL SELECT '协商活动', platform, dossier, '', 1 FROM event WHERE kind = 'consultation'
    UNION ALL SELECT if(kind = 'measure', '落实事项', '意见建议'), d.platform, l.dossier, '', 1
        FROM line l JOIN dossier d ON d.id = l.dossier
    UNION ALL SELECT '开展协商', platform, dossier, filter_text, times FROM consultation JOIN period USING (dossier, stem) WHERE NOT same
    UNION ALL SELECT name, platform, dossier, filter_text, 1 FROM outcome_part JOIN period USING (dossier, stem)
    UNION ALL SELECT name, d.platform, dossier, '', 1 FROM outcome_part o JOIN dossier d ON d.id = o.dossier
    UNION ALL SELECT '公布决定', d.platform, dossier, '在=' || decided[1:7], 1 FROM outcome o JOIN dossier d ON d.id = o.dossier
        WHERE decision = 'publish' AND regexp_full_match(decided, '\d{4}-\d{2}(-\d{2})?')
    UNION ALL SELECT '民主评议', platform, dossier, filter_text, 1 FROM event e JOIN period USING (dossier, stem, platform)
        WHERE e.kind = 'evaluation'
    UNION ALL SELECT name, r.platform, dossier, filter_text, n FROM rated_part r JOIN period USING (dossier, stem)
    UNION ALL SELECT name, platform, dossier, '', n FROM rated_part
    UNION ALL SELECT name, platform, dossier, filter_text, 1 FROM finished,
        (VALUES ('办好的落实事项'), ('有期限可比的落实事项'), ('按期办好的落实事项')) names(name),
        (VALUES (''), ('year'), ('month')) lengths(length),
        LATERAL (SELECT CASE length WHEN '' THEN '' WHEN 'year' THEN '在=' || year(day)
            ELSE '在=' || strftime(day, '%Y-%m') END AS filter_text) written
        WHERE filter_text IS NOT NULL
        AND (name = '办好的落实事项' OR (has_due AND (name = '有期限可比的落实事项' OR (due IS NOT NULL AND day <= due))));

-- Where a fact counts: in its dossier, its platform, that with all below it, all below those above it, the network.
CREATE TABLE scope AS
    WITH place AS (SELECT DISTINCT platform, dossier FROM fact),
    above AS (SELECT DISTINCT p.platform, u AS code FROM place p, LATERAL unnest([p.platform, p.platform[1:9], p.platform[1:6],
        p.platform[1:4] || '00']) above(u) WHERE length(u) IN (6, 9, 12) AND covers(u, p.platform))
    SELECT platform, dossier, '' AS scope FROM place
    UNION SELECT platform, dossier, '@' || dossier FROM place WHERE dossier <> ''
    UNION SELECT platform, dossier, '@' || platform FROM place
    UNION SELECT p.platform, dossier, '@' || code || '*' FROM place p JOIN above USING (platform)
    UNION SELECT p.platform, dossier, '@' || code || '/*' FROM place p JOIN above a ON a.platform = p.platform
        WHERE a.code <> p.platform;

CREATE TABLE total AS
    SELECT name || scope || if(filter_text = '', '', '?' || filter_text) AS expression, sum(n)::BIGINT AS n
    FROM fact JOIN scope USING (platform, dossier) GROUP BY ALL;
