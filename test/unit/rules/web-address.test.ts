import { describe, expect, test } from 'vitest'
import { normalizedUrl, readableAddresses } from '../../../shared/rules/web-address.ts'

describe('one page', () => {
  test.each([
    ['https://a.kr/x', 'http://a.kr/x'],
    ['https://A.kr/x', 'https://a.kr/x/'],
    ['https://a.kr', 'https://a.kr/'],
    ['https://a.kr:443/x', 'https://a.kr/x'],
    ['http://a.kr:80/x', 'https://a.kr/x'],
    ['https://a.kr./x', 'https://a.kr/x'],
    ['https://a.kr/x', 'a.kr/x'],
    ['https://a.kr/x', '//a.kr/x'],
    // Fragments: the page is fetched without them.
    ['https://a.kr/x#part', 'https://a.kr/x#:~:text=%EA%B0%80,-%EB%82%98'],
    // Escapes.
    ['https://a.kr/%ed%95%9c', 'https://a.kr/%ED%95%9C'],
    ['https://a.kr/%ED%95%9C', 'https://a.kr/한'],
    ['https://a.kr/한', `https://a.kr/${'한'.normalize('NFD')}`],
    ['https://a.kr/?q=한', `https://a.kr/?q=${encodeURIComponent('한'.normalize('NFD'))}`],
    ['https://a.kr/%7Eme', 'https://a.kr/~me'],
    ['https://a.kr/x_%28y%29', 'https://a.kr/x_(y)'],
    ['https://a.kr/?q=%28y%29', 'https://a.kr/?q=(y)'],
    ['https://a.kr/a%2Cb', 'https://a.kr/a,b'],
    ['https://a.kr/a%41', 'https://a.kr/aA'],
    ['https://a.kr/?q=a+b', 'https://a.kr/?q=a%20b'],
    ['https://a.kr/%b0%a1', 'https://a.kr/%B0%A1'],
    ['https://a.kr/?a=1&b=2', 'https://a.kr/?a=1&amp;b=2'],
    ['https://a.kr/?a=1&b=2', 'https://a.kr/?a=1&amp;amp;b=2'],
    ['https://a.kr/?a=1&b=2', 'https://a.kr/?a=1&#38;b=2'],
    // The prose around it.
    ['https://a.kr/x', 'https://a.kr/x.'],
    ['https://a.kr/x', 'https://a.kr/x),'],
    ['https://a.kr/x', '(https://a.kr/x).'],
    ['https://a.kr/x', '<https://a.kr/x>'],
    ['https://a.kr/x', '“https://a.kr/x”'],
    ['https://a.kr/x', '`https://a.kr/x`'],
    ['https://a.kr/x', '「https://a.kr/x」。'],
    ['https://a.kr/x', '\u200bhttps://a.kr/x\u200b '],
    ['https://a.kr/x_(y)', '(https://a.kr/x_(y))'],
    ['https://a.kr', 'https://a.kr.'],
    ['https://a.kr/?q=1', 'https://a.kr/?q=1).'],
    // Parameters.
    ['https://a.kr/?a=1&b=2', 'https://a.kr/?b=2&a=1'],
    ['https://a.kr/?a=1', 'https://a.kr/?&a=1&'],
    ['https://a.kr/?a', 'https://a.kr/?a='],
    ['https://a.kr/x', 'https://a.kr/x?utm_source=openai&utm_medium=web'],
    ['https://a.kr/x?b=1', 'https://a.kr/x?fbclid=a&b=1&gclid=b&srsltid=c&msclkid=d'],
    ['https://a.kr/x', 'https://a.kr/x?igshid=1&n_media=27758&n_query=a&NaPm=ct%3Da%7Cci%3D0'],
    ['https://a.kr/x', 'https://a.kr/x;jsessionid=0A1B?PHPSESSID=1'],
    [
      'https://a.kr/x',
      'https://a.kr/x?__hstc=1&__hssc=1&__hsfp=1&hsCtaTracking=1&mibextid=1&fb_action_ids=1&fb_source=1',
    ],
    [
      'https://a.kr/x',
      'https://a.kr/x?_branch_match_id=1&irclickid=1&cjevent=1&awc=1&rdt_cid=1&ScCid=1&tblci=1',
    ],
    [
      'https://a.kr/x',
      'https://a.kr/x?dicbo=1&s_kwcid=1&ef_id=1&_kx=1&elqTrackId=1&xtor=1&wt_mc=1&af_xp=1&af_dp=1',
    ],
    ['https://linkedin.com/x', 'https://www.linkedin.com/x?trk=1'],
    ['https://techcrunch.com/x', 'https://techcrunch.com/x?ncid=rss'],
    [
      'https://blog.naver.com/ondam/1',
      'https://blog.naver.com/ondam/1?fromRss=true&trackingCode=rss&proxyReferer=a',
    ],
    // Hosts.
    ['https://xn--bj0bj06e.kr/x', 'https://한글.kr/x'],
    ['https://한글.kr/x', `https://${'한글'.normalize('NFD')}.kr/x`],
    ['https://www.a.kr/x', 'https://a.kr/x'],
    ['https://m.blog.naver.com/ondam/1', 'https://blog.naver.com/ondam/1'],
    [
      'https://blog.naver.com/PostView.naver?blogId=ondam&logNo=1&from=x',
      'https://m.blog.naver.com/ondam/1',
    ],
    ['https://ko.m.wikipedia.org/wiki/x', 'https://ko.wikipedia.org/wiki/x'],
    ['https://127.0.0.1/', 'https://0x7f.1/'],
  ])('%s is also %s', (one, other) => {
    expect(normalizedUrl(one)).not.toBeNull()
    expect(normalizedUrl(one)).toBe(normalizedUrl(other))
  })
})

describe('two pages', () => {
  test.each([
    ['https://a.kr/x', 'https://a.kr/y'],
    ['https://a.kr/x', 'https://a.kr/X'],
    ['https://a.kr/x', 'https://b.kr/x'],
    ['https://a.kr/x?page=1', 'https://a.kr/x?page=2'],
    ['https://a.kr/x?a=1&a=2', 'https://a.kr/x?a=2&a=1'],
    ['https://a.kr/x?ref=1', 'https://a.kr/x'],
    ['https://a.kr/x?ncid=1', 'https://a.kr/x?ncid=2'],
    ['https://a.kr/x?trk=1', 'https://a.kr/x?trk=2'],
    ['https://a.kr/x', 'https://a.kr.evil.example/x'],
    ['https://a.kr/x', 'https://a.kr:8443/x'],
    ['https://a.kr/x', 'https://a.kr@evil.example/x'],
    ['https://a.kr/a%2Fb', 'https://a.kr/a/b'],
    ['https://a.kr/a%3Fb', 'https://a.kr/a?b'],
    ['https://a.kr/?q=a%26b=1', 'https://a.kr/?q=a&b=1'],
    ['https://a.kr/?q=1%2B1', 'https://a.kr/?q=1+1'],
    ['https://a.kr/100%2525', 'https://a.kr/100%25'],
    ['https://a.kr/%B0%A1', 'https://a.kr/%B0%A2'],
    ['https://www.kr/x', 'https://kr/x'],
    ['https://m.kr/x', 'https://kr/x'],
    ['https://www.co.kr/x', 'https://co.kr/x'],
    ['https://shop.m.kr/x', 'https://shop.kr/x'],
    [
      'https://blog.naver.com/PostView.naver?blogId=a&logNo=1',
      'https://blog.naver.com/PostView.naver?blogId=b&logNo=1',
    ],
  ])('%s and %s', (one, other) => {
    expect(normalizedUrl(one)).not.toBe(normalizedUrl(other))
  })
})

describe('no page of the web', () => {
  test.each([
    ...['', ' ', '.', 'not an address', 'javascript:alert(1)', 'ftp://a.kr/x', 'data:text/html,x'],
    ...[
      'https://',
      'https://.',
      'https:///',
      'https://a b/',
      'https://user:secret@a.kr/',
      'mailto:me@a.kr',
    ],
    ...['3.5', 'file.', `https://a.kr/${'a'.repeat(9_000)}`, '\ud83d', 'https://\ud83d/'],
  ])('%j', (address) => {
    expect(normalizedUrl(address)).toBeNull()
  })
})

describe('a page is read under', () => {
  test.each([
    ['https://a.kr/x?b=2&amp;a=1', ['https://a.kr/x?b=2&a=1']],
    ['https://A.kr/x#part', ['https://a.kr/x#part']],
    ['a.kr/x', ['https://a.kr/x']],
    ['//a.kr/x', ['https://a.kr/x']],
    ['http://a.kr/x', ['http://a.kr/x']],
    ['https://a.kr/x?utm_source=openai', ['https://a.kr/x?utm_source=openai']],
    ['(https://a.kr/x).', ['https://a.kr/x).', 'https://a.kr/x']],
    ['https://a.kr/Apple_Inc.', ['https://a.kr/Apple_Inc.', 'https://a.kr/Apple_Inc']],
    ['https://a.kr/x_(y)', ['https://a.kr/x_(y)']],
    // What no server takes for a part of its address.
    ['“https://a.kr/x”.', ['https://a.kr/x']],
    ['https://a.kr.', ['https://a.kr/']],
    ['javascript:alert(1)', []],
    ['https://user:secret@a.kr/', []],
  ])('%s: %j', (address, expected) => {
    expect(readableAddresses(address)).toEqual(expected)
  })
})
