import { describe, expect, test } from 'vitest';
import { openBook, request } from './book-under-test.ts';

describe('the pages', () => {
  test('begin at the root', async () => {
    const response = await request(openBook(), '/');
    expect(response.headers.get('Content-Type')).toMatch(/^text\/html/);
    expect(await response.text()).toContain('<title>Streambook</title>');
  });

  test('are asked for again after a rebuild', async () => {
    const response = await request(openBook(), '/index.html');
    expect(response.headers.get('Cache-Control')).toBe('no-cache');
  });

  test.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/..%5csecret.txt',
    '/..\\secret.txt',
    '/%252e%252e%252fsecret.txt',
    '//secret.txt',
    '/assets/../../secret.txt',
    '/.secret',
    '/%2esecret',
    '/secret.txt%00.html',
  ])('never lead out of their folder: %s', async (path) => {
    const response = await request(openBook(), path);
    expect(response.status).toBe(404);
    expect(await response.text()).not.toContain('secret');
  });
});
