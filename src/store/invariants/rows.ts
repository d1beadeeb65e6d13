import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';
import type { Time } from '../../scan/ids.ts';
import { HOUR } from '../../scan/time.ts';
import { FORGOTTEN } from '../sweep.ts';
import { WORK_KINDS } from '../../scan/work-kind.ts';
import type { Tables } from '../tables.ts';
import type { Finding } from './finding.ts';

/** Far longer than any lease. */
const LONGEST_LEASE = HOUR;

/** Whether every row has what it belongs to, and its times go together. */
export async function checkRows(db: Kysely<Tables>, now: Time): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const { what, rows } of [...workRules(now), ...BELONGING]) {
    const found = await rows.execute(db);
    findings.push(...found.rows.map(({ row }) => ({ row, what })));
  }
  return findings;
}

/** `rows` names those that break the rule. */
interface Rule {
  readonly what: string;
  readonly rows: RawBuilder<{ readonly row: string }>;
}

function workRules(now: Time): readonly Rule[] {
  return WORK_KINDS.flatMap((kind) => {
    const broken = (condition: RawBuilder<unknown>): Rule['rows'] =>
      sql`select ${sql.lit(`${kind} `)} || id as row from ${sql.table(kind)} where ${condition}`;
    return [
      { what: 'it is taken, but rests or was given up', rows: broken(TAKEN_AT_REST) },
      {
        what: 'it is taken for longer than anybody takes a row',
        rows: broken(sql`lease_until > ${now + LONGEST_LEASE}`),
      },
      {
        what: 'it waits for the end of a claim that is over',
        rows: broken(sql`again_at is not null and lease_until is null`),
      },
      {
        what: 'it was given up and is due all the same',
        rows: broken(sql`dead_at is not null and due_at is not null`),
      },
    ];
  });
}

const TAKEN_AT_REST = sql`lease_until is not null and (due_at is null or dead_at is not null or attempt < 1)`;

const BELONGING: readonly Rule[] = [
  {
    what: 'it is neither delivered nor given up, and is never due',
    rows: sql`select 'message ' || id as row from message where due_at is null and done_at is null and dead_at is null`,
  },
  {
    what: 'it is delivered and due all the same, or still says what it said',
    rows: sql`select 'message ' || id as row from message where done_at is not null and (due_at is not null or doc <> '')`,
  },
  {
    what: 'its thread is not known',
    rows: sql`select 'message ' || id as row from message m where due_at is not null
      and not exists (select 1 from thread t where t.id = m.thread)`,
  },
  {
    what: 'it is neither done nor given up, and is never due',
    rows: sql`select 'errand ' || id as row from errand where due_at is null and dead_at is null`,
  },
  {
    what: 'it is neither done nor given up, and is never due',
    rows: sql`select 'search ' || id as row from search where due_at is null and dead_at is null`,
  },
  {
    what: 'its request is not there',
    rows: sql`select 'search ' || id as row from search s
      where not exists (select 1 from request r where r.id = s.id)`,
  },
  {
    what: 'its request is not there',
    rows: sql`select 'card of ' || request as row from card c
      where not exists (select 1 from request r where r.id = c.request)
      and not exists (select 1 from batch b where b.id = c.request)`,
  },
  {
    what: 'the request that has it is over, or not there',
    rows: sql`select 'device ' || device as row from device_lock d
      where not exists (select 1 from request r where r.id = d.request and r.is_over = 0)`,
  },
  {
    what: 'nothing was written down of how it came about',
    rows: sql`select 'request ' || id as row from request r
      where not exists (select 1 from event e where e.request = r.id)`,
  },
  {
    what: 'nothing was written down of how it came about',
    rows: sql`select 'batch ' || id as row from batch b
      where not exists (select 1 from event e where e.request = b.id)`,
  },
  {
    what: 'it goes on, and is never due',
    rows: sql`select 'batch ' || id as row from batch where is_over = 0 and due_at is null and dead_at is null`,
  },
  {
    what: 'the request for many that it is one of is not there, and it is not over',
    rows: sql`select 'request ' || id as row from request r where r.batch is not null and r.is_over = 0
      and not exists (select 1 from batch b where b.id = r.batch)`,
  },
  {
    what: 'its request is not there, and was not kept long enough',
    rows: sql`select distinct 'event of ' || request as row from event e
      where not exists (select 1 from request r where r.id = e.request)
      and not exists (select 1 from batch b where b.id = e.request)
      and not exists (select 1 from event f where f.request = e.request and f.what = ${FORGOTTEN})`,
  },
];
