#!/bin/sh
# A program that is not deterministic, for the test of the test.
echo "{\"value\": $$, \"run\": {\"seconds\": $$}}"
