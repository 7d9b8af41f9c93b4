import { Card } from '../design/card.tsx'
import { briefWords } from '../wording/brief.ts'

export const BriefScreen = () => <Card title={briefWords.value.title}>{null}</Card>
