package io.sessionfilter.example.demo;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** The cluster as the check sees it: an address, and nodes that can be ended and brought back by name. */
public final class Site {
    private final Cluster cluster;

    Site(Cluster cluster) {
        this.cluster = cluster;
    }

    public void start() throws IOException, InterruptedException {
        cluster.start();
    }

    /** The balancer's address. */
    public URI address() {
        return cluster.address();
    }

    /** An app node's own address, past the balancer. */
    public URI address(String appNode) {
        return URI.create(cluster.member(appNode).address());
    }

    /** Which codec turns session attributes into bytes. */
    public String codecName() {
        return cluster.codecName();
    }

    public String memcachedKind() {
        return cluster.memcachedKind();
    }

    public void kill(String node) throws IOException, InterruptedException {
        cluster.member(node).kill();
    }

    public void freeze(String node) throws IOException, InterruptedException {
        cluster.member(node).freeze();
    }

    public void restart(String node) throws IOException, InterruptedException {
        cluster.member(node).restart();
    }

    /** Ends everything; returns the names of those that would not end. */
    public List<String> stop() {
        cluster.close();
        List<String> left = new ArrayList<>();
        for (Member member : cluster.members()) {
            if (member.isAlive()) {
                left.add(member.name());
            }
        }
        return left;
    }

    /** The ends of the app nodes' logs, for somebody who wonders what went wrong. */
    public String logTails() {
        return "--- jvm1\n" + cluster.member(Cluster.TOMCAT).logTail() + "\n--- jvm2\n"
                + cluster.member(Cluster.JETTY).logTail();
    }
}
