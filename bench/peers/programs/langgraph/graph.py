"""LangGraph: a node for each call of the model, checkpointed by its server; text goes out in custom mode."""

import json
import os
from typing import TypedDict

from langgraph.config import get_stream_writer
from langgraph.graph import END, START, StateGraph
from openai import AsyncOpenAI

with open(os.environ["BENCH_REQUESTS"], encoding="utf8") as file:
    requests = json.load(file)
client = AsyncOpenAI(api_key="bench", base_url=os.environ["OPENAI_BASE_URL"], max_retries=0)


class State(TypedDict, total=False):
    message: str
    planner: str
    search: str
    research: str
    strategy: str
    creative_copies: str
    creative_posters: str
    creative_film: str
    voice: str


def node(asker: str):
    async def ask(state: State):
        write = get_stream_writer()
        answer = ""
        async for event in await client.responses.create(**{**requests[asker], "stream": True}):
            if event.type == "response.output_text.delta":
                answer += event.delta
                write(event.delta)
        return {asker: answer}

    return ask


def graph(*askers: str):
    builder = StateGraph(State)
    before = START
    for asker in askers:
        builder.add_node(f"ask_{asker}", node(asker))
        builder.add_edge(before, f"ask_{asker}")
        before = f"ask_{asker}"
    builder.add_edge(before, END)
    return builder.compile()


turn = graph("planner")
run = graph(
    "search",
    "research",
    "strategy",
    "creative_copies",
    "creative_posters",
    "creative_film",
    "voice",
)
