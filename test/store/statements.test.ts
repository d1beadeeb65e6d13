import assert from 'node:assert/strict';
import Database from 'better-sqlite3';
import { keepStatements } from '../../src/store/embedded/statements.ts';

describe('statements that are kept', () => {
  let read: string[];
  let database: Database.Database;

  beforeEach(() => {
    read = [];
    database = new Database(':memory:');
    database.exec('create table cat (name text)');
    const prepare = database.prepare.bind(database);
    database.prepare = (sql: string) => {
      read.push(sql);
      return prepare(sql);
    };
  });
  afterEach(() => {
    database.close();
  });

  it('are read once, whatever goes into them', () => {
    const kept = keepStatements(database);
    const insert = 'insert into cat (name) values (?)';
    for (const name of ['Tom', 'Kit']) kept.prepare(insert).run([name]);
    assert.deepEqual(kept.prepare('select name from cat').all([]), [{ name: 'Tom' }, { name: 'Kit' }]);
    assert.deepEqual(read, [insert, 'select name from cat']);
  });

  it('are read anew after the tables have changed', () => {
    const kept = keepStatements(database);
    kept.prepare('insert into cat (name) values (?)').run(['Tom']);
    assert.deepEqual(kept.prepare('select * from cat').all([]), [{ name: 'Tom' }]);
    kept.prepare("alter table cat add column colour text default 'grey'").run([]);
    assert.deepEqual(kept.prepare('select * from cat').all([]), [{ name: 'Tom', colour: 'grey' }]);
    assert.equal(read.filter((sql) => sql.startsWith('select')).length, 2);
  });

  it('are not those of a pragma, which answers for a moment', () => {
    const kept = keepStatements(database);
    for (let time = 0; time < 2; time += 1) kept.prepare('pragma user_version').all([]);
    assert.equal(read.length, 2);
  });
});
