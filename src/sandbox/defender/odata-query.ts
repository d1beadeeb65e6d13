import { json } from '../http.ts';
import type { HttpAnswer } from '../http.ts';
import { fieldNamed, ODataFault, readFilter } from './odata-filter.ts';
import type { Dialect } from './odata-filter.ts';
import { context, failure } from './wire-words.ts';
import type { Json } from './wire-words.ts';

const LARGEST_PAGE = 10_000;
const OPTIONS: ReadonlySet<string> = new Set(['$filter', '$top', '$skip', '$orderby', '$count']);

export interface Collection {
  /** As in `@odata.context`. */
  readonly name: string;
  readonly rows: readonly Json[];
  readonly pageSize: number;
}

/** A list as Defender answers it: no link to the next page as soon as there is a `$top`. */
export function listAnswer(collection: Collection, query: URLSearchParams, dialect: Dialect): HttpAnswer {
  try {
    return json(200, page(collection, query, dialect));
  } catch (fault) {
    if (!(fault instanceof ODataFault)) throw fault;
    return failure(400, 'ODataError', fault.message);
  }
}

function page(collection: Collection, query: URLSearchParams, dialect: Dialect): Json {
  const unknown = [...query.keys()].find((key) => key.startsWith('$') && !OPTIONS.has(key));
  if (unknown !== undefined) throw new ODataFault(`The query option '${unknown}' is not supported.`);
  const filter = query.get('$filter');
  const matching = filter === null ? collection.rows : collection.rows.filter(readFilter(filter, dialect));
  const sorted = ordered(matching, query.get('$orderby'), dialect);
  const top = numberIn(query, '$top');
  if (top !== undefined && top > LARGEST_PAGE) throw new ODataFault(`The limit of '${LARGEST_PAGE}' was exceeded.`);
  const start = numberIn(query, '$skip') ?? 0;
  const end = start + (top ?? collection.pageSize);
  return {
    ...context(collection.name),
    ...(query.get('$count') === 'true' && { '@odata.count': sorted.length }),
    value: sorted.slice(start, end),
    ...(top === undefined && end < sorted.length && nextLink(collection.name, query, end)),
  };
}

function ordered(rows: readonly Json[], by: string | null, dialect: Dialect): readonly Json[] {
  if (by === null) return rows;
  const [name = '', direction = 'asc'] = by.trim().split(/\s+/);
  const { key } = fieldNamed(name, dialect.fields);
  const sign = direction === 'desc' ? -1 : 1;
  return rows.toSorted((one, other) => sign * String(one[key]).localeCompare(String(other[key])));
}

function numberIn(query: URLSearchParams, option: string): number | undefined {
  const text = query.get(option);
  if (text === null) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new ODataFault(`Invalid value '${text}' for ${option}.`);
  return Number(text);
}

function nextLink(name: string, query: URLSearchParams, skip: number): Json {
  const next = new URLSearchParams(query);
  next.set('$skip', String(skip));
  return { '@odata.nextLink': `https://api.securitycenter.microsoft.com/api/${name.toLowerCase()}?${next.toString()}` };
}
