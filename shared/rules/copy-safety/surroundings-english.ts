const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/))

/** Words between a denial and what it denies; anything else begins a statement of its own. */
const carried = words(`
  intended meant designed formulated made supposed used able known proven shown approved evaluated be been being
  claim claims claiming claimed say says saying promise promises promising guarantee guarantees offer offers
  provide provides make makes to for as of that it they we you will can could does do or and nor any a an the our
  this these such product products cream serum food supplement supplements treatment treat treats treating cure
  cures curing prevent prevents preventing diagnose diagnoses diagnosing heal heals mitigate relieve remedy
  erase erases remove removes reduce reduces fade fades disease diseases illness condition conditions medical medicine medication drug drugs substitute replacement
  replace replaces therapy health skin professional advice word words like call calls ever about act acts work
  works use uses using do does did dandruff hair loss acne eczema wrinkles
  scars pain psoriasis rosacea infection infections injury`)
const denials = words('not never cannot neither nor')
/** `no cure claims`, but "no acne" is a claim. */
const afterNo = words(
  'claim claims promise promises guarantee guarantees medicine medical drug cure treatment',
)
/** Turn a denial into a claim. */
const undoing = words('why if unless wait only just fail')
const farthest = 16

const isDenial = (word: string, next: string | undefined): boolean =>
  denials.has(word) || word.endsWith("n't") || (word === 'no' && afterNo.has(next ?? ''))

const laterDenial =
  /^[a-z]{0,3} (?:nothing|no one)\b(?! (?:else|has|had|can|could|will|knows|wants|offers|told|tells|talks|expect))|^[a-z]{0,3}\s(?:(?:claims?|promises?|effects?)\s)?(?:is|are|was|were)(?:n't|\s(?:not|never))\s(?:claimed|promised|intended|guaranteed|implied|what|a claim|allowed|permitted|part)/u

/** Whether an English sentence denies what stands between its head and its tail. */
export const isDeniedInEnglish = (head: string, tail: string): boolean => {
  if (laterDenial.test(tail)) return true
  if (tail.endsWith('?')) return false
  const before = head.replaceAll('’', "'").match(/[a-z']+|[;:—–!?]|[가-힣]+/gu) ?? []
  const first = Math.max(0, before.length - farthest)
  for (let at = before.length - 1; at >= first; at -= 1) {
    const word = before[at] ?? ''
    const earlier = before.slice(Math.max(0, at - 4), at)
    if (isDenial(word, before[at + 1])) return !earlier.some((other) => undoing.has(other))
    if (!carried.has(word)) return false
  }
  return false
}
