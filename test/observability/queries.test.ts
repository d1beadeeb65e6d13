import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MINUTE, SECOND } from '../../src/scan/time.ts';
import { bout } from '../../torture/bout.ts';
import { scenarioFor } from '../../torture/scenario.ts';
import { OutsideWorld } from '../support/outside-world.ts';
import { describeWithPrometheus, Prometheus } from '../support/prometheus.ts';
import { WatchedThread } from '../support/watched-thread.ts';

const FOLDER = join(import.meta.dirname, '../../observability');

interface Dashboard {
  readonly panels: readonly { readonly title: string; readonly targets: readonly { readonly expr: string }[] }[];
}

function panelQueries(): readonly string[] {
  const { panels } = JSON.parse(readFileSync(join(FOLDER, 'grafana-dashboard.json'), 'utf8')) as Dashboard;
  return panels.flatMap(({ targets }) => targets.map(({ expr }) => expr.replaceAll('$__rate_interval', '1m')));
}

/** What an alert looks at, without the bound that it must pass. */
function alertQueries(): readonly string[] {
  const checked = spawnSync('promtool', ['check', 'rules', '--lint=all', '--lint-fatal', join(FOLDER, 'alerts.yml')]);
  assert.equal(checked.status, 0, String(checked.stderr));
  const rules = readFileSync(join(FOLDER, 'alerts.yml'), 'utf8');
  const exprs = [...rules.matchAll(/^ +expr: (?:>-\n((?: {10,}.*\n)+)|(.*)\n)/gm)];
  return exprs.map(([, folded, plain]) => {
    const expr = (folded ?? plain ?? '').replace(/\s+/g, ' ').trim();
    const [, looksAt] = /^(.*) [<>] [\d.]+$/.exec(expr) ?? [];
    assert.ok(looksAt !== undefined, expr);
    return looksAt;
  });
}

describeWithPrometheus('what is shipped for Prometheus', function () {
  this.timeout(180 * SECOND);
  let world: OutsideWorld;
  let prometheus: Prometheus;

  before(async () => {
    world = await OutsideWorld.open();
    const bot = await world.starts();
    prometheus = await Prometheus.scraping(await bot.listening());
    await world.teams.driver.isSignedIn('alice');
    for (const device of ['fin-laptop-07', 'fin-laptop-11']) {
      const thread = new WatchedThread(world, device);
      await thread.starts();
      await world.teams.driver.until(() => thread.title().includes('Succeeded'), `the end of ${device}`, 20 * SECOND);
    }
    await fetch(`${world.toBot.url}/api/messages`, { method: 'POST', body: '{}' });
  });

  after(async () => {
    await prometheus.close();
    await world.close();
  });

  it('finds a series by every query of the dashboard', async () => {
    const queries = panelQueries();
    assert.ok(queries.length > 20);
    assert.deepEqual(await prometheus.without(queries), []);
  });

  it('finds a series by every query of the alerts', async () => {
    const queries = alertQueries();
    assert.ok(queries.length > 10);
    assert.deepEqual(await prometheus.without(queries), []);
  });

  it('counts what went on, and names nobody and nothing', async () => {
    const sum = async (query: string): Promise<number> => {
      const [series] = (await prometheus.ask(query)) as unknown as readonly {
        readonly value: readonly [number, string];
      }[];
      return Number(series?.value[1]);
    };
    assert.equal(await sum('scanbot_requests_total{step="sent"}'), 2);
    assert.equal(await sum('scanbot_ended_total{how="Succeeded"}'), 2);
    assert.equal(await sum('scanbot_refused_total{why="no-bearer"}'), 1);
    assert.ok((await sum('scanbot_notice_delay_seconds_count')) >= 6);
    const text = await (await fetch(`${world.toBot.url}/metrics`)).text();
    for (const word of ['alice', 'fin-laptop', 'Zyklamen', '127.0.0.1', '19:', '11111111-aaaa']) {
      assert.ok(!text.toLowerCase().includes(word.toLowerCase()), word);
    }
  });

  it('raises each alert when it should, and not before', () => {
    const { status, stdout, stderr } = spawnSync('promtool', [
      'test',
      'rules',
      join(import.meta.dirname, 'alerts.yml'),
    ]);
    assert.equal(status, 0, `${String(stdout)}${String(stderr)}`);
  });
});

describeWithPrometheus('what is shipped for Prometheus, while bots are tortured', function () {
  this.timeout(600 * SECOND);

  it('finds a series by every query', async () => {
    let watch: (url: string) => void = () => undefined;
    const address = new Promise<string>((resolve) => (watch = resolve));
    const wish = { store: 'sqlite', pace: 8, minutes: 2, asksPerMinute: 20, people: 3 } as const;
    const scenario = scenarioFor('watched', wish);
    const missing = async (): Promise<readonly string[]> => {
      const prometheus = await Prometheus.scraping(Number(new URL(await address).port));
      return prometheus.without([...panelQueries(), ...alertQueries()], 2 * MINUTE).finally(() => prometheus.close());
    };
    const run = bout({ scenario, server: undefined, without: undefined, settlesWithin: SECOND, watch });
    const [found] = await Promise.all([missing(), run]);
    assert.deepEqual(found, []);
  });
});
