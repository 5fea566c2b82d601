"""Tests of organizations and their people."""
