/** What is planned for the next jobs, each for a prompt that contains certain words. */
export interface PromptScripts<Script> {
  add(about: string, script: Script): void
  /** The first that is meant for this prompt, which is used up; undefined when there is none. */
  take(prompt: string): Script | undefined
  clear(): void
}

export const createPromptScripts = <Script>(): PromptScripts<Script> => {
  const planned: { about: string; script: Script }[] = []
  return {
    add: (about, script) => void planned.push({ about, script }),
    take(prompt) {
      const at = planned.findIndex(({ about }) => prompt.includes(about))
      return at < 0 ? undefined : planned.splice(at, 1)[0]?.script
    },
    clear() {
      planned.length = 0
    },
  }
}
