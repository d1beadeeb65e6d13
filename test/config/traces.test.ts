import assert from 'node:assert/strict';
import { faultyVariables, READY, started } from './readings.ts';

describe('the collector of traces', () => {
  it('is an address, and none unless it is set', () => {
    for (const url of ['http://127.0.0.1:4318', 'https://collector.example.com/otlp']) {
      assert.equal(started({ OTEL_EXPORTER_OTLP_ENDPOINT: url }).config.tracesEndpoint, url);
    }
    assert.equal(started().config.tracesEndpoint, undefined);
  });

  it('is refused when it is none, or holds a password', () => {
    for (const text of ['collector:4318', 'grpc://collector:4317', 'https://user:k8Q@collector', 'http://c?key=k8Q']) {
      assert.deepEqual(faultyVariables({ ...READY, OTEL_EXPORTER_OTLP_ENDPOINT: text }), [
        'OTEL_EXPORTER_OTLP_ENDPOINT',
      ]);
    }
  });
});
